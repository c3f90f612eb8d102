// Plays a browser of Socket.IO 1 or 2, which reads and writes bytes in its polls: node parser.cjs <packages> <parser's version> <address>.
// Node's own clients ask for base64, so that only the parsers are taken from the packages.
"use strict";

const path = require("node:path");
const [packages, version, address] = process.argv.slice(2);
const parser = require(path.join(packages, "node_modules", `engine.io-parser-${version}`));
const text = "é€😀";

const decode = (body) => new Promise((resolve) => {
  const decoded = [];
  parser.decodePayload(body, "nodebuffer", (packet, index, total) => {
    decoded.push(packet);
    if (index + 1 === total || decoded.length === total) {
      resolve(decoded);
    }
  });
});

const encode = (packets, supportsBinary) => new Promise((resolve) => parser.encodePayload(packets, supportsBinary, resolve));

async function poll(url) {
  const response = await fetch(url);
  const type = response.headers.get("content-type");
  return { type, packets: await decode(type === "application/octet-stream" ? Buffer.from(await response.arrayBuffer()) : await response.text()) };
}

async function post(url, packets, supportsBinary) {
  const body = await encode(packets, supportsBinary);
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": typeof body === "string" ? "text/plain;charset=UTF-8" : "application/octet-stream" },
    body,
  });
  return response.text();
}

async function run() {
  const url = `${address}/socket.io/?EIO=3&transport=polling`;
  const handshake = await poll(url);
  const session = `${url}&sid=${JSON.parse(handshake.packets[0].data).sid}`;
  const echo = { type: "message", data: `2["echo","${text}"]` };
  const asText = await post(session, [echo], false);
  const first = await poll(session);
  const asBytes = await post(session, [echo], true);
  const second = await poll(session);
  const withBytes = await post(
    session, [{ type: "message", data: '51-["echo",{"_placeholder":true,"num":0}]' }, { type: "message", data: Buffer.from([1, 2, 255]) }], true);
  const third = await poll(session);
  console.log(JSON.stringify({
    posts: [asText, asBytes, withBytes],
    types: [handshake.type, first.type, second.type, third.type],
    texts: [first.packets[0].data, second.packets[0].data, third.packets[0].data],
    bytes: Buffer.from(third.packets[1].data).toString("hex"),
  }));
}

run().catch((error) => {
  console.error(error);
  process.exit(1);
});
