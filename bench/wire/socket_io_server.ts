/** The well-known peer: Socket.IO over WebSocket only, echoing and broadcasting to a room. */
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer();
const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false });
io.on("connection", (socket) => {
  socket.join("room");
  socket.on("echo", (body) => socket.emit("echo", body));
  socket.on("say", (body) => io.to("room").emit("said", body));
});
http.listen(0, "127.0.0.1", () => {
  const address = http.address();
  if (typeof address === "object" && address !== null) console.log(`port ${address.port}`);
});
