// Flows of PHPPeerServer's clients.
"use strict";

const assert = require("node:assert");

const offer = { sdp: "v=0\r\n…", type: "offer" };
const answer = { type: "answer", sdp: "v=0\r\n" };
const candidate = { candidate: "candidate:1 1 udp", sdpMid: "0", sdpMLineIndex: 0, usernameFragment: "é" };

async function create(person, name = null, password = null) {
  person.emit("create", name, password);
  const [[event, room]] = await person.take(1);
  assert.strictEqual(event, "created");
  assert.match(room.id, /^[0-9a-f]{64}$/);
  assert.deepStrictEqual(room, { name, id: room.id });
  return room;
}

// Lets somebody join where others are, oldest first, and gives their calls with the newcomer.
async function join(person, room, others, password = null) {
  person.emit("join", room.id, password);
  await person.hears(["joined", room], ["r_joined", { id: person.id }]);
  const calls = [];
  for (const other of others) {
    const [[event, call], joined] = await other.take(2);
    assert.strictEqual(event, "call");
    assert.deepStrictEqual(joined, ["r_joined", { id: person.id }]);
    calls.push(call);
  }

  return calls;
}

module.exports = {
  async "PHPPeerServer: normal flow"(stage) {
    const a = await stage.connect(), b = await stage.connect();
    const room = await create(a, "tea");

    // As peer-client's demo does after each create.
    a.emit("join", null, null);
    const [call] = await join(b, room, [a]);
    a.emit("offer", call, offer);
    a.emit("candidate", call, candidate);
    await b.hears(["offer", call, offer], ["candidate", call, candidate]);
    b.emit("answer", call, answer);
    b.emit("candidate", call, candidate);
    await a.hears(["answer", call, answer], ["candidate", call, candidate]);
    a.emit("message", "hi é😀");
    a.emit("toggle", "video");
    const both = [["r_message", { id: a.id }, "hi é😀"], ["r_resource", { id: a.id }, { video: true, microphone: false, audio: false }]];
    await a.hears(...both);
    await b.hears(...both);
    b.emit("leave");
    await a.hears(["hangup", call], ["r_left", { id: b.id }]);
    await b.hears(["hangup", call], ["left", room]);
  },

  async "PHPPeerServer: owner leaves"(stage) {
    const a = await stage.connect(), b = await stage.connect(), c = await stage.connect();
    const room = await create(a);
    await join(b, room, [a]);
    const [ac, bc] = await join(c, room, [a, b]);
    a.emit("offer", ac, offer);
    await c.hears(["offer", ac, offer]);
    const left = ["r_left", { id: a.id }];
    a.leave();
    await b.hears(left);
    await c.hears(["hangup", ac], left);

    // The oldest has inherited the room.
    c.emit("kick", b.id);
    await c.hears(["kick_noprivileges"]);
    b.emit("kick", c.id);
    await c.hears(["kicked", room]);
    await b.hears(["hangup", bc], ["r_kicked", { id: c.id }]);
  },

  async "PHPPeerServer: member vanishes"(stage) {
    const a = await stage.connect(), b = await stage.connectElsewhere();
    const room = await create(a);
    assert.deepStrictEqual(await b.ask("join", room.id, null), ["joined", room]);
    const [[, call]] = await a.take(2);
    a.emit("offer", call, offer);
    b.vanish();
    await a.hears(["hangup", call], ["r_left", { id: b.id }]);
  },

  async "PHPPeerServer: owner vanishes"(stage) {
    const a = await stage.connectElsewhere(), b = await stage.connect(), c = await stage.connect();
    const [event, room] = await a.ask("create", null, null);
    assert.strictEqual(event, "created");
    await join(b, room, []);
    const [call] = await join(c, room, [b]);
    a.vanish();
    await b.hears(["r_left", { id: a.id }]);
    await c.hears(["r_left", { id: a.id }]);
    b.emit("ban", c.id);
    await b.hears(["hangup", call], ["r_banned", { id: c.id }]);
    await c.hears(["banned", room]);
  },

  async "PHPPeerServer: kick, ban and unban"(stage) {
    const a = await stage.connect(), b = await stage.connect();
    const room = await create(a);
    const [first] = await join(b, room, [a]);
    for (const name of ["kick", "ban", "unban"]) {
      b.emit(name, a.id);
      await b.hears([`${name}_noprivileges`]);
    }

    a.emit("kick", b.id);
    await b.hears(["kicked", room]);
    await a.hears(["hangup", first], ["r_kicked", { id: b.id }]);
    a.emit("kick", b.id);
    await a.hears(["kick_notin"]);
    const [second] = await join(b, room, [a]);
    a.emit("ban", b.id);
    await b.hears(["banned", room]);
    await a.hears(["hangup", second], ["r_banned", { id: b.id }]);
    b.emit("join", room.id, null);
    await b.hears(["join_banned"]);
    a.emit("ban", b.id);
    await a.hears(["ban_already"]);
    a.emit("unban", b.id);
    await a.hears(["r_unbanned", { id: b.id }]);
    await b.hears(["unbanned", room]);
    a.emit("unban", b.id);
    await a.hears(["unban_notbanned"]);
    await join(b, room, [a]);
  },

  async "PHPPeerServer: wrong password"(stage) {
    const a = await stage.connect(), b = await stage.connect();
    const room = await create(a, null, "sesame");
    b.emit("join", room.id, "wrong");
    await b.hears(["join_wrongpass"]);
    b.emit("join", room.id);
    await b.hears(["join_wrongpass"]);
    await join(b, room, [a], "sesame");
    b.emit("join", room.id, "sesame");
    await b.hears(["join_alreadyin"]);
  },

  async "PHPPeerServer: full room"(stage) {
    const owner = await stage.connect();
    const room = await create(owner);
    const others = [];
    for (let n = 0; n < 9; n++) {
      const other = await stage.connect();
      await join(other, room, [owner, ...others]);
      others.push(other);
    }

    const late = await stage.connect();
    late.emit("join", room.id, null);
    await late.hears(["join_full"]);
  },

  async "PHPPeerServer: wrong arguments"(stage) {
    const a = await stage.connect(), b = await stage.connect();
    b.emit("message", "from nowhere");
    const room = await create(a);
    await join(b, room, [a]);
    for (const name of ["join", "kick", "ban", "unban", "toggle", "offer", "answer", "candidate"]) {
      b.emit(name);
      b.emit(name, null);
      b.emit(name, { id: a.id }, [a.id], 7);
      b.emit(name, "nobody", () => assert.fail("an acknowledgement that nobody gives"));
    }

    b.emit("message", "");
    b.emit("message", { still: ["here", null] });
    const heard = ["r_message", { id: b.id }, { still: ["here", null] }];
    await a.hears(heard);
    await b.hears(heard);
  },

  async "PHPPeerServer: a native client in the room"(stage) {
    const a = await stage.connect();
    const native = stage.newWebSocket();
    const waiting = [];
    let wake = () => {};
    native.on("message", (text) => {
      waiting.push(JSON.parse(text));
      wake();
    });
    const next = async (type) => {
      for (;;) {
        const at = waiting.findIndex((message) => message.type === type);
        if (at >= 0) {
          return waiting.splice(0, at + 1).at(-1);
        }

        await new Promise((resolve) => {
          wake = resolve;
        });
      }
    };
    const say = (message) => native.send(JSON.stringify(message));
    try {
      const { clientId } = await next("welcome");
      const room = await create(a);
      say({ type: "room-join", room: room.id });
      const [[, call], joined] = await a.take(2);
      assert.deepStrictEqual(joined, ["r_joined", { id: clientId }]);
      assert.strictEqual((await next("call-started")).callId, call);
      a.emit("offer", call, offer);
      assert.deepStrictEqual((await next("call-offer")).data, offer);
      say({ type: "call-answer", callId: call, data: answer });
      await a.hears(["answer", call, answer]);
      a.emit("message", "hello");
      await a.hears(["r_message", { id: a.id }, "hello"]);
      assert.strictEqual((await next("message-receive")).data, "hello");
      say({ type: "message-send", room: room.id, data: "hello yourself" });
      await a.hears(["r_message", { id: clientId }, "hello yourself"]);
      native.terminate();
      await a.hears(["hangup", call], ["r_left", { id: clientId }]);
    } finally {
      native.terminate();
    }
  },
};
