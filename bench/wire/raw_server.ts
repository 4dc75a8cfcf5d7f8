/** The bare peer: Deno.serve with WebSockets, echoing and relaying text to the room that its address names. */

const rooms = new Map<string, Set<WebSocket>>();

function receive(room: ReadonlySet<WebSocket>, socket: WebSocket, text: string): void {
  if (text.startsWith("say")) { for (const other of room) other.send(text); }
  else socket.send(text);
}

function roomOf(address: string): Set<WebSocket> {
  const room = rooms.get(address) ?? new Set();
  rooms.set(address, room);
  return room;
}

Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: ({ port }) => console.log(`port ${port}`) }, (request) => {
  const { socket, response } = Deno.upgradeWebSocket(request);
  const room = roomOf(request.url);
  socket.onopen = () => room.add(socket);
  socket.onclose = () => room.delete(socket);
  socket.onmessage = ({ data }) => receive(room, socket, data);
  return response;
});
