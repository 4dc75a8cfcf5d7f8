/** Bun, whose WebSockets are uWebSockets: a room is a topic named by the address; what is said is published as it came. */

const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch(request, server) {
    const room = new URL(request.url).pathname;
    if (!server.upgrade(request, { data: { room } })) return new Response("WebSocket only", { status: 426 });
  },
  websocket: {
    open: (socket) => socket.subscribe(socket.data.room),
    message: (socket, text) => void server.publish(socket.data.room, text),
  },
});
console.log(`port ${server.port}`);
