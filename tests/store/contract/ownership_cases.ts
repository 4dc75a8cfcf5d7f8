/** What every store promises about owners and leases. */
import assert from "node:assert/strict";
import type { Store } from "../../../src/actors/ports.ts";
import { type Case, liveNode, someActor } from "./subject.ts";
import { claimed, ownedActor, turn } from "./turns.ts";

export const ownershipCases: readonly Case<Store>[] = [
  {
    name: "[O1] every claim raises the epoch by one",
    async run(store) {
      const actor = someActor(), node = await liveNode(store);
      for (const epoch of [1, 2, 3]) assert.equal(await claimed(store, actor, node), epoch);
    },
  },
  {
    name: "[O3] a live lease holds the actor, and says for how long",
    async run(store) {
      const { actor, node } = await ownedActor(store);
      const outcome = await store.ownership.claim(actor, await liveNode(store));
      assert.equal(outcome.kind, "held");
      assert.ok(outcome.kind === "held" && outcome.node === node);
      assert.ok(outcome.retryAfterMs > 0 && outcome.retryAfterMs <= 600_000);
    },
  },
  {
    name: "[O3] a lease that ran out, was ended or never was lets others take over",
    async run(store) {
      const { actor, node } = await ownedActor(store);
      const other = await liveNode(store);
      await store.ownership.renewLease(node, 0);
      assert.equal(await claimed(store, actor, other), 2);
      await store.ownership.endLease(other);
      assert.equal(await claimed(store, actor, crypto.randomUUID()), 3);
      assert.equal(await claimed(store, actor, other), 4);
    },
  },
  {
    name: "[O3] an actor given up is free, and its epochs go on",
    async run(store) {
      const { actor, epoch } = await ownedActor(store);
      const other = await liveNode(store);
      await store.ownership.release(actor, epoch + 1);
      assert.equal((await store.ownership.claim(actor, other)).kind, "held");
      await store.ownership.release(actor, epoch);
      assert.equal(await claimed(store, actor, other), 2);
    },
  },
  {
    name: "[O3] renewing tells whether it came in time",
    async run(store) {
      const node = crypto.randomUUID();
      const inTime: boolean[] = [];
      for (const leaseMs of [0, 600_000, 600_000]) inTime.push(await store.ownership.renewLease(node, leaseMs));
      await store.ownership.endLease(node);
      inTime.push(await store.ownership.renewLease(node, 600_000));
      assert.deepEqual(inTime, [true, false, true, true], "first, after running out, in time, first again");
    },
  },
  {
    name: "[O1] of many claims at once each has an epoch of its own",
    async run(store) {
      const actor = someActor(), node = await liveNode(store);
      const epochs = await Promise.all(Array.from({ length: 20 }, () => claimed(store, actor, node)));
      assert.deepEqual(epochs.toSorted((a, b) => a - b), Array.from({ length: 20 }, (_, i) => i + 1));
    },
  },
  {
    name: "[O3] of two nodes that claim a free actor at once, one gets it",
    async run(store) {
      for (let round = 0; round < 20; round++) {
        const actor = someActor(), nodes = [await liveNode(store), await liveNode(store)];
        const outcomes = await Promise.all(nodes.map((node) => store.ownership.claim(actor, node)));
        assert.deepEqual(outcomes.map(({ kind }) => kind).toSorted(), ["claimed", "held"]);
      }
    },
  },
  {
    name: "[O2] a claim and an append at once: the claimant reads what was committed, and nothing comes after",
    async run(store) {
      for (let round = 0; round < 20; round++) {
        const owned = await ownedActor(store);
        const other = await liveNode(store);
        await store.ownership.renewLease(owned.node, 0);
        const [[outcome], seen] = await Promise.all([
          store.journal.append([turn(owned, 1)]),
          claimed(store, owned.actor, other).then(() => store.journal.read(owned.actor, 0, 10)),
        ]);
        assert.equal(seen.length, outcome === "committed" ? 1 : 0);
      }
    },
  },
];
