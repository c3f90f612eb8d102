"use strict";
// A relay on Socket.IO with its defaults: by socket id to one, by room to a room.
const { createServer } = require("node:http");
const { Server } = require("socket.io");

const http = createServer();
const io = new Server(http);

io.on("connection", (socket) => {
  socket.on("join", (room) => {
    socket.join(room);
    socket.emit("joined", room);
  });
  socket.on("signal", (targetId, data) => io.to(targetId).emit("signal", socket.id, data));
  socket.on("message", (room, data) => socket.to(room).emit("message", socket.id, data));
});

http.listen(0, "127.0.0.1", () => console.log(`listening on http://127.0.0.1:${http.address().port}`));
