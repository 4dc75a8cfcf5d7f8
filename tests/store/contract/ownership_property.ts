/** Two nodes doing whatever they like at the same time, and what must be true of the journal all the same. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Store } from "../../../src/actors/ports.ts";
import type { ActorId } from "../../../src/domain/address.ts";
import { type Case, someActor } from "./subject.ts";
import { turn } from "./turns.ts";

const ACTORS = 3;
const LEASE_MS = 600_000;

type Deed =
  | { readonly kind: "claim" | "release" | "snapshot"; readonly actor: number }
  | { readonly kind: "append"; readonly actors: readonly number[]; readonly events: number }
  | { readonly kind: "lease"; readonly alive: boolean };

const actorIndex = fc.nat(ACTORS - 1);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("claim" as const), actor: actorIndex }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("append" as const),
      actors: fc.uniqueArray(actorIndex, { minLength: 1 }),
      events: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("release" as const), actor: actorIndex }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("snapshot" as const), actor: actorIndex }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("lease" as const), alive: fc.boolean() }) },
);
/** In each round both nodes act at once. */
const rounds = fc.array(fc.tuple(deed, deed), { minLength: 1, maxLength: 25 });

/** What a node believes about an actor it once claimed. */
interface Hold {
  epoch: number;
  nextSeq: number;
}

/** One node, and everything it has been told. */
class Node {
  readonly name = crypto.randomUUID();
  readonly #store: Store;
  readonly #holds = new Map<ActorId, Hold>();
  readonly granted: { readonly actor: ActorId; readonly epoch: number }[] = [];
  readonly committed = new Set<string>();
  readonly fenced = new Set<string>();
  readonly saved = new Map<ActorId, number>();
  alive = true;

  constructor(store: Store) {
    this.#store = store;
  }

  async act(deed: Deed, actors: readonly ActorId[]): Promise<void> {
    switch (deed.kind) {
      case "claim":
        return await this.#claim(actors[deed.actor] ?? someActor());
      case "release":
        return await this.#release(actors[deed.actor] ?? someActor());
      case "snapshot":
        return await this.#snapshot(actors[deed.actor] ?? someActor());
      case "append":
        return await this.#append(actors.filter((_, i) => deed.actors.includes(i)), deed.events);
      case "lease":
        this.alive = deed.alive;
        await this.#store.ownership.renewLease(this.name, deed.alive ? LEASE_MS : 0);
    }
  }

  async #claim(actor: ActorId): Promise<void> {
    const outcome = await this.#store.ownership.claim(actor, this.name);
    if (outcome.kind === "held") return;
    this.granted.push({ actor, epoch: outcome.epoch });
    const events = await this.#store.journal.read(actor, 0, 10_000);
    this.#holds.set(actor, { epoch: outcome.epoch, nextSeq: events.length + 1 });
  }

  async #release(actor: ActorId): Promise<void> {
    const hold = this.#holds.get(actor);
    if (hold !== undefined) await this.#store.ownership.release(actor, hold.epoch);
  }

  async #snapshot(actor: ActorId): Promise<void> {
    const hold = this.#holds.get(actor);
    if (hold === undefined) return;
    const seq = hold.nextSeq - 1;
    await this.#store.snapshots.save([{ actor, seq, epoch: hold.epoch, version: 1, body: { seq } }]);
    this.saved.set(actor, Math.max(seq, this.saved.get(actor) ?? 0));
  }

  /** Never rejected for its numbers: only a present owner's numbers are looked at, and those are right. */
  async #append(actors: readonly ActorId[], count: number): Promise<void> {
    const records = actors.flatMap((actor) => {
      const hold = this.#holds.get(actor);
      if (hold === undefined) return [];
      const events = Array.from({ length: count }, () => ({ type: "e", version: 1, body: crypto.randomUUID() }));
      return [turn({ actor, epoch: hold.epoch }, hold.nextSeq, { events })];
    });
    const outcomes = await this.#store.journal.append(records);
    records.forEach(({ actor, events }, i) => {
      const hold = this.#holds.get(actor);
      const heap = outcomes[i] === "committed" ? this.committed : this.fenced;
      for (const { body } of events) heap.add(String(body));
      if (outcomes[i] === "committed" && hold !== undefined) hold.nextSeq += events.length;
    });
  }
}

/** O1 and O3: every epoch was granted once, counting up; a live owner is only replaced by itself. */
async function checkClaims(store: Store, nodes: readonly [Node, Node], actors: readonly ActorId[]): Promise<void> {
  const granted = nodes.flatMap((node) => node.granted.map((grant) => ({ ...grant, node })));
  for (const actor of actors) {
    const grants = granted.filter((grant) => grant.actor === actor).sort((a, b) => a.epoch - b.epoch);
    assert.deepEqual(grants.map(({ epoch }) => epoch), grants.map((_, i) => i + 1));
    const owner = grants.at(-1)?.node;
    const other = nodes.find((node) => node !== owner);
    if (owner === undefined || other === undefined) continue;
    await store.ownership.renewLease(owner.name, LEASE_MS);
    const outcome = await store.ownership.claim(actor, other.name);
    if (outcome.kind === "held") assert.equal(outcome.node, owner.name);
    else assert.equal(outcome.epoch, grants.length + 1);
  }
}

/** S1 and O2: dense numbers, epochs that never go back, everything acknowledged there once, nothing else. */
async function checkJournals(store: Store, nodes: readonly [Node, Node], actors: readonly ActorId[]): Promise<void> {
  const stored: string[] = [];
  for (const actor of actors) {
    const events = await store.journal.read(actor, 0, 10_000);
    assert.deepEqual(events.map(({ seq }) => seq), events.map((_, i) => i + 1));
    const epochs = events.map(({ epoch }) => epoch);
    assert.deepEqual(epochs, epochs.toSorted((a, b) => a - b));
    stored.push(...events.map(({ body }) => String(body)));
    const saved = nodes.flatMap((node) => node.saved.get(actor) ?? []);
    assert.equal((await store.snapshots.load(actor))?.seq, saved.length === 0 ? undefined : Math.max(...saved));
  }
  const [a, b] = nodes;
  assert.deepEqual(stored.toSorted(), [...a.committed, ...b.committed].toSorted());
  assert.ok(stored.every((body) => !a.fenced.has(body) && !b.fenced.has(body)));
}

/** Set SEED to play a failing script again. */
export const seed = Number(Deno.env.get("SEED") ?? Date.now() % 2 ** 31);

/** Plays random scripts; each node has a store of its own, as in a cluster, or both share one. */
export async function playNodes(stores: readonly [Store, Store]): Promise<void> {
  await fc.assert(
    fc.asyncProperty(rounds, async (script) => {
      const actors = Array.from({ length: ACTORS }, () => someActor());
      const nodes: [Node, Node] = [new Node(stores[0]), new Node(stores[1])];
      for (const node of nodes) await stores[0].ownership.renewLease(node.name, LEASE_MS);
      for (const deeds of script) await Promise.all(deeds.map((deed, i) => nodes[i === 0 ? 0 : 1].act(deed, actors)));
      await checkJournals(stores[0], nodes, actors);
      await checkClaims(stores[0], nodes, actors);
    }),
    { seed, numRuns: 40 },
  );
}

export const ownershipProperty: Case<Store> = {
  name: `[O1] [O2] [O3] [S1] [S4] two nodes that act at once keep every promise (SEED=${seed})`,
  run: (store) => playNodes([store, store]),
};
