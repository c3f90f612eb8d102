// Runs one real Socket.IO client against a server: node client.cjs <packages> <version> <address> <transports> <scenario>.
// Prints what happened as JSON on one line; a scenario that does not end is ended by whoever started this.
"use strict";

const path = require("node:path");
const [packages, version, address, transports, scenario] = process.argv.slice(2);
const module_ = require(path.join(packages, "node_modules", `socket.io-client-${version}`));
const io = module_.io || module_;
const isVersion4 = version.startsWith("4.");

// Beyond ASCII, beyond 16 bits, and what looks like a frame, a packet and an escape.
const text = "é€😀 \u2028 \\u00e9 1:2 42[\"x\"] \u001e";

const open = (more = {}, namespace = "") =>
  io(address + namespace, { transports: transports.split(","), forceNew: true, reconnectionDelay: 10, reconnectionDelayMax: 20, ...more });

const until = (emitter, event) => new Promise((resolve) => emitter.once(event, (...args) => resolve(args)));

const ask = (socket, ...args) => new Promise((resolve) => socket.emit(...args, (...results) => resolve(results)));

const transportOf = (socket) => socket.io.engine.transport.name;

const scenarios = {
  // Text both ways, as arguments, results and pushes, before and after the upgrade.
  async text() {
    const socket = open();
    await until(socket, "connect");
    const pushed = until(socket, "echoed");
    const acked = await ask(socket, "echo", text, { [text]: [text] });
    const [id] = await ask(socket, "whoami");
    const last = transports.split(",").at(-1);
    while (transportOf(socket) !== last) {
      await ask(socket, "echo", "still polling");
    }

    const after = await ask(socket, "echo", text);
    const result = {
      pushed: (await pushed)[0] === text,
      acked: acked[0] === text && acked[1][text][0] === text,
      after: after[0] === text,
      isOwnId: socket.id === id,
      transport: transportOf(socket),
    };
    socket.close();
    return result;
  },

  // Very many events while the client moves from polls to its WebSocket, and as many back.
  async order() {
    const socket = open();
    const received = [];
    await until(socket, "connect");
    socket.on("echoed", (n) => received.push(n));
    const sent = 2000;
    for (let n = 0; n < sent; n++) {
      socket.emit("echo", n);
      if (n % 20 === 0) {
        await new Promise(setImmediate);
      }
    }

    await ask(socket, "whoami");
    const result = { inOrder: received.length === sent && received.every((n, i) => n === i), transport: transportOf(socket) };
    socket.close();
    return result;
  },

  // The server drops the connection: the client comes back by itself.
  async reconnect() {
    const socket = open();
    await until(socket, "connect");
    const dropped = until(socket, "disconnect");
    socket.emit("bye", "InternalError");
    const [reason] = await dropped;
    await until(socket, "connect");
    const [answer] = await ask(socket, "echo", "back");
    socket.close();
    return { reason, answer };
  },

  // The server puts the client out: it hears the last words first, and does not come back.
  async putOut() {
    const socket = open();
    await until(socket, "connect");
    const words = until(socket, "last words");
    const gone = until(socket, "disconnect");
    socket.emit("bye", "Removed");
    await words;
    const [reason] = await gone;
    return { reason };
  },

  // The client leaves by itself.
  async leave() {
    const socket = open();
    await until(socket, "connect");
    await ask(socket, "whoami");
    const gone = until(socket, "disconnect");
    socket.disconnect();
    const [reason] = await gone;
    return { reason };
  },

  async namespace() {
    const socket = open({ reconnection: false }, "/nowhere");
    const [error] = await until(socket, isVersion4 ? "connect_error" : "error");
    socket.close();
    return { error: isVersion4 ? error.message : error };
  },

  // Bytes both ways.
  async bytes() {
    const socket = open();
    await until(socket, "connect");
    const pushed = until(socket, "echoed");
    const [acked] = await ask(socket, "echo", { inside: [Buffer.from([1, 2, 255])] });
    const [push] = await pushed;
    const hex = (value) => Buffer.from(value.inside[0]).toString("hex");
    socket.close();
    return { acked: hex(acked), pushed: hex(push) };
  },

  // Three heartbeats, and the client is still there.
  async heartbeat() {
    const socket = open();
    await until(socket, "connect");
    for (let beats = 0; beats < 3; beats++) {
      await until(isVersion4 ? socket.io : socket, isVersion4 ? "ping" : "pong");
    }

    const [answer] = await ask(socket, "echo", "alive");
    socket.close();
    return { answer };
  },
};

// The process ends by itself when the client has let go of everything: what it says at its end is on the way until then.
scenarios[scenario]().then(
  (result) => console.log(JSON.stringify(result)),
  (error) => {
    console.error(error);
    process.exitCode = 1;
  });
