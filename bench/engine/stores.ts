/** The stores that the engine is measured on: a throwaway Postgres with its defaults, and PGlite in a fresh folder. */
import { type OpenStore, openStore } from "../../src/store/open_store.ts";
import { postgresMissing, startPostgres } from "../../tests/support/postgres_cluster.ts";

export interface BenchStore {
  readonly name: string;
  readonly store: OpenStore;
  close(): Promise<void>;
}

const POOL_MAX = 8;

async function onPostgres(): Promise<BenchStore> {
  const cluster = await startPostgres();
  const store = await openStore({ kind: "postgres", url: cluster.url, poolMax: POOL_MAX });
  await store.migrate();
  return {
    name: "Postgres",
    store,
    async close() {
      await store.close();
      await cluster.stop();
    },
  };
}

async function onPglite(durability: "process" | "power"): Promise<BenchStore> {
  const dataDir = await Deno.makeTempDir({ prefix: "bench_" });
  const store = await openStore({ kind: "pglite", dataDir, durability });
  await store.migrate();
  return {
    name: `PGlite (${durability})`,
    store,
    async close() {
      await store.close();
      await Deno.remove(dataDir, { recursive: true });
    },
  };
}

/** How to open each store that this machine has; a missing Postgres is said, not passed over. */
export function storeOpeners(): (() => Promise<BenchStore>)[] {
  const missing = postgresMissing();
  if (missing !== null) console.log(`left out: ${missing}`);
  return [
    ...(missing === null ? [onPostgres] : []),
    () => onPglite("power"),
    () => onPglite("process"),
  ];
}
