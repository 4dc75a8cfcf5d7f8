/** The same on Bun as it would be written by hand to send less often: what a room says in 50 ms is published at once. */

const GATHER_MS = 50;
const gathered = new Map();

const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch(request, server) {
    const room = new URL(request.url).pathname;
    if (!server.upgrade(request, { data: { room } })) return new Response("WebSocket only", { status: 426 });
  },
  websocket: {
    open: (socket) => socket.subscribe(socket.data.room),
    message(socket, text) {
      const { room } = socket.data;
      const texts = gathered.get(room);
      if (texts !== undefined) texts.push(text);
      else gathered.set(room, [text]);
    },
  },
});
setInterval(() => {
  for (const [room, texts] of gathered) server.publish(room, texts.join("\n"));
  gathered.clear();
}, GATHER_MS);
console.log(`port ${server.port}`);
