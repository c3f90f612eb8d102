// Plays flows with plain Socket.IO clients of one version against the ready server: node flows.cjs <packages> <version> <address>.
// Prints one line of JSON: "ok", or what went wrong, by "<transports> <flow>".
"use strict";

const path = require("node:path");
const people = require("./people.cjs");
const flows = { ...require("./peer-server.cjs"), ...require("./room-signalling.cjs") };
const [packages, version, address] = process.argv.slice(2);

// What does not happen within this is told instead of hanging.
const patience = 60_000;

async function play(flow, transports) {
  const met = [];
  const how = { packages, version, address, transports };
  const stage = {
    async connect() {
      const person = await people.connect(how);
      met.push(person);
      return person;
    },
    connectElsewhere: () => people.connectElsewhere(how),
    newWebSocket: () => new (require(path.join(packages, "node_modules", "ws")))(`${address.replace("http", "ws")}/signaling`),
  };
  const hung = new Promise((_, reject) => {
    setTimeout(reject, patience, new Error("hung")).unref();
  });
  try {
    await Promise.race([flow(stage), hung]);
    return "ok";
  } catch (error) {
    return String(error.stack);
  } finally {
    met.forEach((person) => person.leave());
  }
}

async function playAll() {
  // All at once: each has a room of its own, and must hear nothing of the others.
  const played = ["polling,websocket", "polling"].flatMap((transports) =>
    Object.entries(flows).map(async ([name, flow]) => [`${transports} ${name}`, await play(flow, transports)]));
  console.log(JSON.stringify(Object.fromEntries(await Promise.all(played))));

  // What has hung is told by now, and would keep the process.
  process.exit();
}

playAll();
