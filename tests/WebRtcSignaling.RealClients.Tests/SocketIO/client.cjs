// Runs real Socket.IO clients of one version against a server that speaks the tests' own vocabulary:
// node client.cjs <packages> <version> <address> [<scenario>...]. The scenarios one after the other, each with all transports at once.
// Prints one line of JSON: what happened in each, by "<transports> <scenario>".
"use strict";

const path = require("node:path");
const [packages, version, address, ...chosen] = process.argv.slice(2);
const load = (name) => {
  const loaded = require(path.join(packages, "node_modules", `socket.io-client-${name}`));
  return loaded.io || loaded;
};
const io = load(version);
const isVersion4 = version.startsWith("4.");

// What does not happen within this is told instead of hanging.
const patience = 30_000;

// Beyond ASCII, beyond 16 bits, and what looks like a frame, a packet and an escape.
const text = "é€😀 \u2028 \\u00e9 1:2 42[\"x\"] \u001e";

const open = (transports, more = {}, namespace = "") =>
  io(address + namespace, { transports: transports.split(","), forceNew: true, reconnectionDelay: 10, reconnectionDelayMax: 20, ...more });

const until = (emitter, event) => new Promise((resolve) => emitter.once(event, (...args) => resolve(args)));

const ask = (socket, ...args) => new Promise((resolve) => socket.emit(...args, (...results) => resolve(results)));

const transportOf = (socket) => socket.io.engine.transport.name;

// Somebody else, who can be asked how a client's session ended.
const witness = load("4.8.1")(address, { transports: ["websocket"] });

async function endOf(id) {
  const [reason] = await ask(witness, "ended", id);
  return reason;
}

async function idOf(socket) {
  const [id] = await ask(socket, "whoami");
  return id;
}

const scenarios = {
  // Text both ways, as arguments, results and pushes, before and after the upgrade.
  async text(transports) {
    const socket = open(transports);
    await until(socket, "connect");
    const pushed = until(socket, "echoed");
    const acked = await ask(socket, "echo", text, { [text]: [text] });
    const id = await idOf(socket);
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
    return { ...result, end: await endOf(id) };
  },

  // Very many events while the client moves from polls to its WebSocket, and as many back.
  async order(transports) {
    const socket = open(transports);
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

    const id = await idOf(socket);
    const result = { received: received.length, inOrder: received.every((n, i) => n === i) };
    socket.close();
    return { ...result, end: await endOf(id) };
  },

  // The server drops the connection: the client comes back by itself.
  async reconnect(transports) {
    const socket = open(transports);
    await until(socket, "connect");
    const id = await idOf(socket);
    const dropped = until(socket, "disconnect");
    const back = dropped.then(() => until(socket, "connect"));
    socket.emit("bye", "InternalError");
    const [reason] = await dropped;
    await back;
    const [answer] = await ask(socket, "echo", "back");
    socket.close();
    return { reason, answer, end: await endOf(id) };
  },

  // The server puts the client out: it hears the last words first, and does not come back.
  async putOut(transports) {
    const socket = open(transports);
    await until(socket, "connect");
    const id = await idOf(socket);
    const words = until(socket, "last words");
    const gone = until(socket, "disconnect");
    socket.emit("bye", "Removed");
    await words;
    const [reason] = await gone;
    return { reason, end: await endOf(id) };
  },

  // The client leaves by itself.
  async leave(transports) {
    const socket = open(transports);
    await until(socket, "connect");
    const id = await idOf(socket);
    const gone = until(socket, "disconnect");
    socket.disconnect();
    const [reason] = await gone;
    return { reason, end: await endOf(id) };
  },

  async namespace(transports) {
    const socket = open(transports, { reconnection: false }, "/nowhere");
    const [error] = await until(socket, isVersion4 ? "connect_error" : "error");
    socket.close();
    return { error: isVersion4 ? error.message : error };
  },

  // Bytes both ways.
  async bytes(transports) {
    const socket = open(transports);
    await until(socket, "connect");
    const pushed = until(socket, "echoed");
    const [acked] = await ask(socket, "echo", { inside: [Buffer.from([1, 2, 255])] });
    const [push] = await pushed;
    const hex = (value) => Buffer.from(value.inside[0]).toString("hex");
    socket.close();
    return { acked: hex(acked), pushed: hex(push) };
  },

  // Three heartbeats, and the client is still there.
  async heartbeat(transports) {
    const socket = open(transports);
    await until(socket, "connect");
    const id = await idOf(socket);
    for (let beats = 0; beats < 3; beats++) {
      await until(isVersion4 ? socket.io : socket, isVersion4 ? "ping" : "pong");
    }

    const [answer] = await ask(socket, "echo", "alive");
    const stayed = id === (await idOf(socket));
    socket.close();
    return { answer, stayed };
  },
};

async function run(name, transports) {
  const hung = new Promise((resolve) => setTimeout(resolve, patience, { hung: true }).unref());
  try {
    return await Promise.race([scenarios[name](transports), hung]);
  } catch (error) {
    return { failed: String(error) };
  }
}

async function runAll() {
  const results = {};
  for (const name of chosen.length > 0 ? chosen : Object.keys(scenarios)) {
    await Promise.all(["polling", "websocket", "polling,websocket"].map(async (transports) => {
      results[`${transports} ${name}`] = await run(name, transports);
    }));
  }

  console.log(JSON.stringify(results));
  witness.close();

  // What has hung is told by now, and would keep the process.
  process.exit();
}

runAll();
