// Flows of clients of room-signalling servers.
"use strict";

const assert = require("node:assert");

let rooms = 0;
const newName = () => `tea room ${process.pid}-${++rooms} é`;

async function create(person) {
  const room = newName();
  person.emit("room-create", room);
  await person.hears(["room-created", room]);
  return room;
}

async function join(person, room, owner, ...others) {
  person.emit("room-join", room);
  await person.hears(["room-joined", room, owner.id, [owner, ...others].map((other) => other.id)]);
}

module.exports = {
  async "room signalling: normal flow"(stage) {
    const a = await stage.connect(), b = await stage.connect();
    const room = await create(a);
    b.emit("room-create", room);
    await b.hears(["room-exists", room]);
    await join(b, room, a);
    await a.hears(["client-joined", room, b.id]);
    for (const data of [{ description: { type: "offer", sdp: "v=0\r\n" } }, { candidate: { candidate: "", sdpMid: "0" } }, {}, null, "é😀", [1]]) {
      a.emit("signal-send", room, b.id, data);
      await b.hears(["signal-receive", room, a.id, data]);
      b.emit("signal-send", room, a.id, data);
      await a.hears(["signal-receive", room, b.id, data]);
    }

    b.emit("room-leave", room);
    await b.hears(["room-left", room, false]);
    await a.hears(["client-left", room, b.id]);
  },

  // Both send at once from the first moment, on polls and on the way to WebSockets: nothing is lost, doubled or out of order.
  async "room signalling: signals cross"(stage) {
    const a = await stage.connect(), b = await stage.connect();
    const room = await create(a);
    await join(b, room, a);
    await a.hears(["client-joined", room, b.id]);
    const numbers = Array.from({ length: 300 }, (_, n) => n);
    for (const n of numbers) {
      a.emit("signal-send", room, b.id, n);
      b.emit("signal-send", room, a.id, n);
      if (n % 3 === 0) {
        await new Promise(setImmediate);
      }
    }

    await Promise.all([[a, b], [b, a]].map(([to, from]) => to.hears(...numbers.map((n) => ["signal-receive", room, from.id, n]))));
  },

  async "room signalling: owner leaves"(stage) {
    const a = await stage.connect(), b = await stage.connect(), c = await stage.connect();
    const room = await create(a);
    await join(b, room, a);
    await join(c, room, a, b);
    await a.take(2);
    await b.take(1);
    a.emit("room-leave", room);
    await a.hears(["room-left", room, false]);
    await b.hears(["room-left", room, true]);
    await c.hears(["room-left", room, true]);
    b.emit("room-join", room);
    await b.hears(["room-not-exists", room]);
  },

  async "room signalling: owner vanishes"(stage) {
    const a = await stage.connectElsewhere(), b = await stage.connect();
    const room = newName();
    assert.deepStrictEqual(await a.ask("room-create", room), ["room-created", room]);
    await join(b, room, a);
    a.vanish();
    await b.hears(["room-left", room, true]);
  },

  async "room signalling: member vanishes"(stage) {
    const a = await stage.connect(), b = await stage.connectElsewhere();
    const room = await create(a);
    assert.deepStrictEqual(await b.ask("room-join", room), ["room-joined", room, a.id, [a.id]]);
    await a.hears(["client-joined", room, b.id]);
    b.vanish();
    await a.hears(["client-left", room, b.id]);
  },

  async "room signalling: refusals"(stage) {
    const a = await stage.connect(), b = await stage.connect();
    const room = await create(a);
    b.emit("room-leave", room);
    b.emit("signal-send", room, a.id, {});
    await b.hears(["not-in-room", room], ["not-in-room", room]);
    a.emit("signal-send", room, b.id, {});
    await a.hears(["target-not-found", room, b.id]);
    b.emit("room-join", `${room} elsewhere`);
    await b.hears(["room-not-exists", `${room} elsewhere`]);
  },
};
