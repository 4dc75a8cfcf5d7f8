/** What a query is told that gets no connection. */
import assert from "node:assert/strict";
import { sql } from "kysely";
import { connectTo } from "../../src/store/connections.ts";
import { lastingPort } from "../support/lasting_port.ts";

Deno.test("[H1] a query without a connection fails under a name of its own, with the driver's reason", async () => {
  const port = lastingPort();
  const { db, close } = connectTo({ kind: "url", url: `postgres://nobody@127.0.0.1:${port}/none` }, 1);
  await assert.rejects(sql`select 1`.execute(db), { name: "NoConnectionError", message: /ECONNREFUSED/ });
  await close();
});
