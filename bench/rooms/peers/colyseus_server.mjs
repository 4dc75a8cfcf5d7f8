/** Colyseus over `ws`: a room for each name that is asked for, telling all of it what one of them says. */
import { createServer } from "node:http";
import { createRequire } from "node:module";

// Required, not imported: what checks the project's own modules must not look for a package that is only beside this.
const require = createRequire(import.meta.url);
const { Room, Server } = require("@colyseus/core");
const { WebSocketTransport } = require("@colyseus/ws-transport");

class Storm extends Room {
  maxClients = 2_000;
  onCreate() {
    this.onMessage("say", (_client, body) => this.broadcast("said", body));
  }
}

const http = createServer();
const server = new Server({
  greet: false,
  transport: new WebSocketTransport({ server: http }),
});
server.define("storm", Storm).filterBy(["room"]);
await server.listen(0, "127.0.0.1");
console.log(`port ${http.address().port}`);
