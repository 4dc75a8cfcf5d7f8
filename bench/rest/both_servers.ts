/** The whole server, and beside it in the same process a bare Hono app with one JSON route, for comparison. */
import { Hono } from "hono";
import { openLog } from "../../src/boot/log.ts";
import { startServer } from "../../src/boot/server.ts";
import { readSettings } from "../../src/boot/settings.ts";

/** What the bare route serves: a document of the size that is compared with. */
let told: object = {};

const bare = new Hono();
bare.get("/document", (c) => c.json(told));
bare.put("/document", async (c) => {
  told = await c.req.json();
  return c.body(null, 204);
});

const server = await startServer(readSettings(Deno.env.toObject()), "bench", openLog());
const { addr: { port } } = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => undefined }, bare.fetch);
console.log(`both ${server.url} http://127.0.0.1:${port}`);
