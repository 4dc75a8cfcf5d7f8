/** SIGTERM while a client has sent half a request and says no more. */
import assert from "node:assert/strict";
import { startServer } from "../support/server_process.ts";

Deno.test("[L6] a request that its client never ends does not hold up the drain", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "half_" });
  const server = await startServer({ DATA_DIR: dataDir, BCRYPT_COST: "4", EMOTION: "off", SEED_DEMO: "off" });
  const { hostname, port } = new URL(server.url);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const head = [
    "POST /api/v1/auth/login HTTP/1.1",
    `Host: ${hostname}`,
    "Content-Type: application/json",
    "Content-Length: 100",
    "Expect: 100-continue",
    "\r\n",
  ];
  await connection.write(new TextEncoder().encode(head.join("\r\n")));
  // The server asks for the body once it is reading it.
  const answer = new Uint8Array(64);
  const count = await connection.read(answer);
  assert.match(new TextDecoder().decode(answer.subarray(0, count ?? 0)), /^HTTP\/1.1 100 /);
  assert.equal(await server.stop("SIGTERM"), 0);
  const drained = await server.logged(({ message }) => message === "drained");
  assert.deepEqual({ requests_cut: drained.requests_cut }, { requests_cut: true });
  await Deno.remove(dataDir, { recursive: true });
});
