// Clients of Socket.IO for the flows: each keeps what it hears, and the flow takes it from there.
"use strict";

const path = require("node:path");
const { fork } = require("node:child_process");
const assert = require("node:assert");

// Everything that servers of these systems say.
const events = [
  "created", "joined", "left", "kicked", "banned", "unbanned", "call", "offer", "answer", "candidate", "hangup",
  "join_alreadyin", "join_wrongpass", "join_full", "join_banned", "kick_noprivileges", "kick_notin", "ban_noprivileges", "ban_already",
  "unban_noprivileges", "unban_notbanned", "r_message", "r_resource", "r_joined", "r_left", "r_kicked", "r_banned", "r_unbanned",
  "room-created", "room-exists", "room-joined", "room-not-exists", "room-left", "not-in-room", "target-not-found",
  "client-joined", "client-left", "signal-receive", "error", "disconnect",
];

class Person {
  #heard = [];
  #wake = () => {};

  constructor(socket) {
    this.socket = socket;
    for (const name of events) {
      socket.on(name, (...args) => {
        this.#heard.push([name, ...args]);
        this.#wake();
      });
    }
  }

  get id() {
    return this.socket.id;
  }

  emit(...args) {
    this.socket.emit(...args);
  }

  // What it hears next, so many events as are asked for.
  async take(count) {
    while (this.#heard.length < count) {
      await new Promise((resolve) => {
        this.#wake = resolve;
      });
    }

    return this.#heard.splice(0, count);
  }

  // The next events are these, and not one more has come by then.
  async hears(...expected) {
    const heard = await this.take(expected.length);
    assert.deepStrictEqual(heard.concat(this.#heard), expected);
  }

  leave() {
    this.socket.disconnect();
  }
}

function load(packages, version) {
  const loaded = require(path.join(packages, "node_modules", `socket.io-client-${version}`));
  return loaded.io || loaded;
}

async function connect({ packages, version, address, transports }) {
  const socket = load(packages, version)(address, { transports: transports.split(","), forceNew: true });
  const person = new Person(socket);
  await new Promise((resolve) => socket.once("connect", resolve));
  return person;
}

// Somebody in a process of its own, which is killed: nothing says goodbye.
async function connectElsewhere(how) {
  const child = fork(__filename, [JSON.stringify(how)]);
  const next = () => new Promise((resolve) => child.once("message", resolve));
  const id = await next();
  return {
    id,
    // Emits, and gives what it hears next.
    async ask(...args) {
      const heard = next();
      child.send(args);
      return heard;
    },
    vanish: () => child.kill("SIGKILL"),
  };
}

async function beElsewhere() {
  const person = await connect(JSON.parse(process.argv[2]));
  process.on("message", async (args) => {
    person.emit(...args);
    const [heard] = await person.take(1);
    process.send(heard);
  });
  process.send(person.id);
}

module.exports = { connect, connectElsewhere };

if (require.main === module) {
  beElsewhere();
}
