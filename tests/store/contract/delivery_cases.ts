/** What every store promises about timers, messages between actors and dead letters. */
import assert from "node:assert/strict";
import type { Store } from "../../../src/actors/ports.ts";
import { type Case, liveNode, someActor } from "./subject.ts";
import { type Owned, ownedActor, turn } from "./turns.ts";

const timer = (name: string, dueMs: number, command: unknown = { name }) => ({ name, dueMs, command });

async function dueOf(store: Store, { actor, node }: Pick<Owned, "actor" | "node">, untilMs: number) {
  const due = await store.timers.due(node, untilMs, 1_000);
  return due.filter((row) => row.actor === actor).map(({ name, dueMs }) => `${name}@${dueMs}`);
}

async function pendingOf(store: Store, { actor, node }: Pick<Owned, "actor" | "node">) {
  return (await store.outbox.pending(node, 1_000)).filter((row) => row.sender === actor);
}

export const deliveryCases: readonly Case<Store>[] = [
  {
    name: "[T1] timers come when they are due, soonest first, with their command",
    async run(store) {
      const owned = await ownedActor(store);
      await store.journal.append([turn(owned, 1, { timersSet: [timer("b", 20), timer("a", 10), timer("c", 30)] })]);
      assert.deepEqual(await dueOf(store, owned, 9), []);
      assert.deepEqual(await dueOf(store, owned, 20), ["a@10", "b@20"]);
      const [first] = (await store.timers.due(owned.node, 20, 1_000)).filter((row) => row.actor === owned.actor);
      assert.deepEqual(first, { actor: owned.actor, name: "a", dueMs: 10, command: { name: "a" } });
    },
  },
  {
    name: "[T2] setting a name again moves the timer, clearing it stops it, the last word of a batch counts",
    async run(store) {
      const owned = await ownedActor(store);
      await store.journal.append([turn(owned, 1, { timersSet: [timer("a", 10), timer("b", 10), timer("c", 10)] })]);
      await store.journal.append([
        turn(owned, 2, { timersSet: [timer("a", 11), timer("d", 12)], timersCleared: ["b"] }),
        turn(owned, 3, { timersSet: [timer("b", 13)], timersCleared: ["c", "d"] }),
        turn(owned, 4, { events: [], timersCleared: ["b", "a"], timersSet: [timer("a", 14)] }),
      ]);
      assert.deepEqual(await dueOf(store, owned, 100), ["a@14"]);
      await store.journal.append([turn(owned, 4, { events: [], timersCleared: ["a"] })]);
      assert.deepEqual(await dueOf(store, owned, 100), []);
    },
  },
  {
    name: "[T1] timers go to the owner while it lives, and to anyone when it does not",
    async run(store) {
      const owned = await ownedActor(store);
      const { actor } = owned, node = await liveNode(store);
      await store.journal.append([turn(owned, 1, { timersSet: [timer("a", 10)] })]);
      assert.deepEqual(await dueOf(store, { actor, node }, 100), []);
      await store.ownership.renewLease(owned.node, 0);
      assert.deepEqual(await dueOf(store, { actor, node }, 100), ["a@10"]);
      assert.deepEqual(await dueOf(store, owned, 100), ["a@10"]);
      await store.ownership.renewLease(owned.node, 600_000);
      await store.ownership.release(actor, owned.epoch);
      assert.deepEqual(await dueOf(store, { actor, node }, 100), ["a@10"]);
    },
  },
  {
    name: "[X2] [X3] a message waits under its event's number until it is settled, in order",
    async run(store) {
      const owned = await ownedActor(store);
      const to = someActor("learner");
      const two = [{ type: "a", version: 1, body: 1 }, { type: "b", version: 1, body: 2 }];
      await store.journal.append([
        turn(owned, 1, { events: two, messages: [{ to, command: "x" }, { to, command: "y" }] }),
        turn(owned, 3, { messages: [{ to, command: "z" }] }),
      ]);
      const pending = await pendingOf(store, owned);
      const { actor: sender } = owned;
      assert.deepEqual(pending, [
        { id: `${sender}:2:0`, sender, seq: 2, index: 0, to, command: "x" },
        { id: `${sender}:2:1`, sender, seq: 2, index: 1, to, command: "y" },
        { id: `${sender}:3:0`, sender, seq: 3, index: 0, to, command: "z" },
      ]);
      await store.outbox.settle(pending.slice(0, 2));
      assert.deepEqual((await pendingOf(store, owned)).map(({ id }) => id), [`${sender}:3:0`]);
      await store.outbox.settle(pending);
      await store.outbox.settle([]);
      assert.deepEqual(await pendingOf(store, owned), []);
    },
  },
  {
    name: "[X2] messages go to the sender's owner while it lives, and to anyone when it does not",
    async run(store) {
      const owned = await ownedActor(store);
      const { actor } = owned, node = await liveNode(store);
      await store.journal.append([turn(owned, 1, { messages: [{ to: someActor(), command: 1 }] })]);
      assert.deepEqual(await pendingOf(store, { actor, node }), []);
      await store.ownership.endLease(owned.node);
      assert.equal((await pendingOf(store, { actor, node })).length, 1);
    },
  },
  {
    name: "[L5] a message set aside is kept once, with its reason, newest first",
    async run(store) {
      const actor = someActor();
      const letter = { actor, commandId: "c1", command: { a: "\0" }, reason: "it threw", atMs: 5 };
      await store.deadLetters.keep(letter);
      await store.deadLetters.keep({ ...letter, commandId: "c2" });
      await store.deadLetters.keep({ ...letter, reason: "it threw again" });
      const kept = (await store.deadLetters.list(100)).filter((row) => row.actor === actor);
      assert.deepEqual(kept, [{ ...letter, commandId: "c2" }, letter]);
      assert.equal((await store.deadLetters.list(1)).length, 1);
    },
  },
];
