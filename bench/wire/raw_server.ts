/** The bare peer: Deno.serve with WebSockets, echoing and relaying text without looking at it. */

const room = new Set<WebSocket>();

function receive(socket: WebSocket, text: string): void {
  if (text.startsWith("say")) { for (const other of room) other.send(text); }
  else socket.send(text);
}

Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: ({ port }) => console.log(`port ${port}`) }, (request) => {
  const { socket, response } = Deno.upgradeWebSocket(request);
  socket.onopen = () => room.add(socket);
  socket.onclose = () => room.delete(socket);
  socket.onmessage = ({ data }) => receive(socket, data);
  return response;
});
