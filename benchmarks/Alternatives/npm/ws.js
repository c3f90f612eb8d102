"use strict";
// A relay on ws: parse, look the target up, add the sender, send. Heartbeats as ws' own README shows them.
const { randomUUID } = require("node:crypto");
const { WebSocketServer } = require("ws");

const clients = new Map();
const rooms = new Map();
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, backlog: 511 });

server.on("connection", (socket) => {
  const id = randomUUID();
  let room;
  clients.set(id, socket);
  socket.isAlive = true;
  socket.on("pong", () => { socket.isAlive = true; });
  socket.on("error", () => socket.terminate());
  socket.on("close", () => {
    clients.delete(id);
    rooms.get(room)?.delete(socket);
  });
  socket.on("message", (text) => {
    const message = JSON.parse(text);
    switch (message.type) {
      case "room-join":
        room = message.room;
        if (!rooms.has(room)) rooms.set(room, new Set());
        rooms.get(room).add(socket);
        socket.send(JSON.stringify({ type: "room-joined", room }));
        break;
      case "signal-send":
        clients.get(message.targetId)?.send(
          JSON.stringify({ type: "signal-receive", room: message.room, senderId: id, data: message.data }));
        break;
      case "message-send": {
        const shared = JSON.stringify({ type: "message-receive", room: message.room, senderId: id, data: message.data });
        for (const member of rooms.get(message.room) ?? []) if (member !== socket) member.send(shared);
        break;
      }
    }
  });
  socket.send(JSON.stringify({ type: "welcome", clientId: id }));
});

setInterval(() => {
  for (const socket of server.clients) {
    if (!socket.isAlive) {
      socket.terminate();
      continue;
    }
    socket.isAlive = false;
    socket.ping();
  }
}, 15_000);

server.on("listening", () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
