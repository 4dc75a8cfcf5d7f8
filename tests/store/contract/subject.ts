/** The stores that one contract is held to. */
import { type OpenStore, openStore } from "../../../src/store/open_store.ts";
import type { Store } from "../../../src/actors/ports.ts";
import { type ActorId, addressOf } from "../../../src/domain/address.ts";
import { MemoryStore } from "../../simulation/memory_store.ts";
import { postgresMissing, startPostgres } from "../../support/postgres_cluster.ts";

/** A store that has been opened, and how to be rid of it. */
export interface Opened<Kind> {
  readonly store: Kind;
  close(): Promise<void>;
}

export interface Subject<Kind> {
  readonly name: string;
  /** Why it cannot be tested here, or null. */
  readonly missing: string | null;
  open(): Promise<Opened<Kind>>;
}

async function openOnPglite(): Promise<Opened<OpenStore>> {
  const dataDir = await Deno.makeTempDir({ prefix: "nl-" });
  const store = await openStore({ kind: "pglite", dataDir, durability: "process" });
  await store.migrate();
  return {
    store,
    async close() {
      await store.close();
      await Deno.remove(dataDir, { recursive: true });
    },
  };
}

async function openOnPostgres(): Promise<Opened<OpenStore>> {
  const cluster = await startPostgres();
  const store = await openStore({ kind: "postgres", url: cluster.url, poolMax: 8 });
  await store.migrate();
  return {
    store,
    async close() {
      await store.close();
      await cluster.stop();
    },
  };
}

/** Stores with everything the edge needs too. */
export const DATABASES: readonly Subject<OpenStore>[] = [
  { name: "PGlite", missing: null, open: openOnPglite },
  { name: "Postgres", missing: postgresMissing(), open: openOnPostgres },
];

const MEMORY: Subject<Store> = {
  name: "memory",
  missing: null,
  open: () => Promise.resolve({ store: new MemoryStore(() => Date.now()), close: () => Promise.resolve() }),
};

/** All three, as the runtime sees them. */
export const STORES: readonly Subject<Store>[] = [
  MEMORY,
  ...DATABASES.map((database): Subject<Store> => ({
    ...database,
    async open() {
      const { store, close } = await database.open();
      return { store: store.store, close };
    },
  })),
];

/** One promise of the contract; cases share a store, so each makes its own actors and nodes. */
export interface Case<Kind> {
  readonly name: string;
  run(store: Kind): Promise<void>;
}

/** Runs every case on every subject; where a subject is missing, the test is ignored and says why. */
export function holdTo<Kind>(contract: string, subjects: readonly Subject<Kind>[], cases: readonly Case<Kind>[]): void {
  for (const { name, missing, open } of subjects) {
    const title = `[D1] ${contract} holds for ${name}${missing === null ? "" : ` (ignored: ${missing})`}`;
    Deno.test({
      name: title,
      ignore: missing !== null,
      async fn(t) {
        const { store, close } = await open();
        try {
          for (const { name, run } of cases) await t.step(name, () => run(store));
        } finally {
          await close();
        }
      },
    });
  }
}

/** An actor nobody else uses. */
export function someActor(kind = "session"): ActorId {
  return addressOf(kind, crypto.randomUUID());
}

/** A node nobody else uses, with a lease that outlasts the test. */
export async function liveNode(store: Store): Promise<string> {
  const node = crypto.randomUUID();
  await store.ownership.renewLease(node, 600_000);
  return node;
}
