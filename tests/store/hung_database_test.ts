/** A database that takes connections and then says nothing, as one that is stopped or swaps. */
import assert from "node:assert/strict";
import { openStore, READY_MS_MAX } from "../../src/store/open_store.ts";

async function keepSilent(listener: Deno.Listener, connections: Deno.Conn[]): Promise<void> {
  for await (const connection of listener) connections.push(connection);
}

Deno.test("[H4 L6] a database that hangs is told as not ready, and lets the store close, each within its limit", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const connections: Deno.Conn[] = [];
  const silence = keepSilent(listener, connections);
  const { port } = listener.addr as Deno.NetAddr;
  const store = await openStore({ kind: "postgres", url: `postgres://nobody@127.0.0.1:${port}/none`, poolMax: 2 });
  const { ok, detail } = await store.ready();
  assert.equal(ok ? "ready" : "not ready", "not ready");
  assert.ok(detail.includes(`does not answer: no answer in ${READY_MS_MAX} ms`), detail);
  // The database never says anything, so that this comes to an end at all is the limit's doing.
  await store.close();
  for (const connection of connections) connection.close();
  listener.close();
  await silence;
});
