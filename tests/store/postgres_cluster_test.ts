/** What only shows on a real Postgres: nodes with connections of their own, and transactions that overlap. */
import assert from "node:assert/strict";
// @ts-types="@types/pg"
import pg from "pg";
import { type OpenStore, openStore } from "../../src/store/open_store.ts";
import { postgresMissing, startPostgres } from "../support/postgres_cluster.ts";
import { playNodes, seed } from "./contract/ownership_property.ts";
import { claimed, ownedActor, seqsOf, turn } from "./contract/turns.ts";

const missing = postgresMissing();

async function onPostgres(run: (open: () => Promise<OpenStore>, url: string) => Promise<void>): Promise<void> {
  const cluster = await startPostgres();
  const stores: OpenStore[] = [];
  try {
    await run(async () => {
      const store = await openStore({ kind: "postgres", url: cluster.url, poolMax: 4 });
      stores.push(store);
      return store;
    }, cluster.url);
  } finally {
    for (const store of stores) await store.close();
    await cluster.stop();
  }
}

Deno.test({
  name: `[D3] nodes that start together migrate once, in order${missing === null ? "" : ` (ignored: ${missing})`}`,
  ignore: missing !== null,
  fn: () =>
    onPostgres(async (open) => {
      const stores = [await open(), await open(), await open()];
      const runs = await Promise.all(stores.map((store) => store.migrate()));
      const ran = runs.flat();
      assert.deepEqual(ran, ran.toSorted());
      assert.deepEqual(runs.map((names) => names.length > 0).filter(Boolean), [true]);
      assert.deepEqual(await stores[0]?.migrate(), []);
    }),
});

Deno.test({
  name: `[O1] [O2] [O3] [S1] two nodes with connections of their own keep every promise (SEED=${seed})`,
  ignore: missing !== null,
  fn: () =>
    onPostgres(async (open) => {
      const [a, b] = [await open(), await open()];
      await a.migrate();
      await playNodes([a.store, b.store]);
    }),
});

Deno.test({
  name: "[O4] a claim waits for an append in flight, and then reads what it wrote",
  ignore: missing !== null,
  fn: () =>
    onPostgres(async (open, url) => {
      const { store, migrate } = await open();
      await migrate();
      const owned = await ownedActor(store);
      const slow = new pg.Client({ connectionString: url });
      await slow.connect();
      await slow.query("begin");
      await slow.query("select epoch from owner where actor = $1 for share", [owned.actor]);
      await slow.query(
        `insert into journal (actor, seq, epoch, at_ms, type, version, body) values ($1, 1, $2, 0, 'noted', 1, '{}')`,
        [owned.actor, owned.epoch],
      );
      const taken = claimed(store, owned.actor, owned.node).then(() => seqsOf(store, owned.actor));
      await waitForLock(slow);
      await slow.query("commit");
      assert.deepEqual(await taken, [1]);
      assert.deepEqual(await store.journal.append([turn(owned, 2)]), ["fenced"]);
      await slow.end();
    }),
});

Deno.test({
  name: "[O2] an append that waited for a claim is fenced by it",
  ignore: missing !== null,
  fn: () =>
    onPostgres(async (open, url) => {
      const { store, migrate } = await open();
      await migrate();
      const owned = await ownedActor(store);
      const claimant = new pg.Client({ connectionString: url });
      await claimant.connect();
      await claimant.query("begin");
      await claimant.query("update owner set epoch = epoch + 1, node = 'other' where actor = $1", [owned.actor]);
      const late = store.journal.append([turn(owned, 1)]);
      await waitForLock(claimant);
      await claimant.query("commit");
      assert.deepEqual(await late, ["fenced"]);
      assert.deepEqual(await seqsOf(store, owned.actor), []);
      await claimant.end();
    }),
});

Deno.test({
  name: "[H4] readiness says so when the database is gone",
  ignore: missing !== null,
  fn: async () => {
    const cluster = await startPostgres();
    const store = await openStore({ kind: "postgres", url: cluster.url, poolMax: 2 });
    try {
      assert.ok((await store.ready()).ok);
      await cluster.stop();
      const { ok, detail } = await store.ready();
      assert.ok(!ok);
      assert.match(detail, /does not answer/);
    } finally {
      await store.close();
    }
  },
});

/** Asks until somebody waits for a lock, which is the event the test is about. */
async function waitForLock(client: pg.Client): Promise<void> {
  for (let tries = 0; tries < 20_000; tries++) {
    const { rows } = await client.query("select from pg_locks where not granted");
    if (rows.length > 0) return;
  }
  assert.fail("nobody waited for the lock");
}
