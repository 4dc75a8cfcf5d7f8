/** Socket.IO over WebSocket only, without compression, relaying what is said to the room that the query names. */
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer();
const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false });
io.on("connection", (socket) => {
  const { room } = socket.handshake.query;
  socket.join(room);
  socket.on("say", (body) => io.to(room).emit("said", body));
});
http.listen(0, "127.0.0.1", () => console.log(`port ${http.address().port}`));
