// A relay on Bun's server, which is uWebSockets: parse, look the target up, add the sender, send; rooms are its topics.
const clients = new Map();

const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch(request, self) {
    if (self.upgrade(request, { data: { id: crypto.randomUUID() } })) return undefined;
    return new Response("A WebSocket is needed.", { status: 426 });
  },
  websocket: {
    // Bun pings by itself within this time, in seconds; 15 s of silence as in the others is the nearest that it can be told.
    idleTimeout: 30,
    sendPings: true,
    open(socket) {
      clients.set(socket.data.id, socket);
      socket.send(JSON.stringify({ type: "welcome", clientId: socket.data.id }));
    },
    message(socket, text) {
      const message = JSON.parse(text);
      const senderId = socket.data.id;
      switch (message.type) {
        case "room-join":
          socket.subscribe(message.room);
          socket.send(JSON.stringify({ type: "room-joined", room: message.room }));
          break;
        case "signal-send":
          clients.get(message.targetId)?.send(
            JSON.stringify({ type: "signal-receive", room: message.room, senderId, data: message.data }));
          break;
        case "message-send":
          socket.publish(
            message.room, JSON.stringify({ type: "message-receive", room: message.room, senderId, data: message.data }));
          break;
      }
    },
    close(socket) {
      clients.delete(socket.data.id);
    },
  },
});

console.log(`listening on http://127.0.0.1:${server.port}`);
