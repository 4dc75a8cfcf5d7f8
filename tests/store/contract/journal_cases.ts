/** What every store promises about the journal. */
import assert from "node:assert/strict";
import type { Store } from "../../../src/actors/ports.ts";
import { type Case, someActor } from "./subject.ts";
import { claimed, ownedActor, seqsOf, turn } from "./turns.ts";
import { liveNode } from "./subject.ts";

export const journalCases: readonly Case<Store>[] = [
  {
    name: "[S1] events come back whole, numbered, with command and reply on the last of their turn",
    async run(store) {
      const owned = await ownedActor(store);
      const events = [{ type: "a", version: 1, body: { x: 1 } }, { type: "b", version: 2, body: ["y"] }];
      await store.journal.append([turn(owned, 1, { events, commandId: "c1", reply: { ok: true }, atMs: 5 })]);
      await store.journal.append([turn(owned, 3)]);
      const { epoch } = owned;
      assert.deepEqual(await store.journal.read(owned.actor, 0, 2), [
        { seq: 1, epoch, atMs: 5, type: "a", version: 1, body: { x: 1 }, commandId: null, reply: null },
        { seq: 2, epoch, atMs: 5, type: "b", version: 2, body: ["y"], commandId: "c1", reply: { ok: true } },
      ]);
      assert.deepEqual((await store.journal.read(owned.actor, 2, 10)).map(({ seq }) => seq), [3]);
      assert.deepEqual(await store.journal.read(owned.actor, 3, 10), []);
    },
  },
  {
    name: "[S1] [S3] a gap or a repeat is refused, and with it the whole batch",
    async run(store) {
      const one = await ownedActor(store), other = await ownedActor(store);
      await store.journal.append([turn(one, 1)]);
      const beside = turn(other, 1, { timersSet: [{ name: "t", dueMs: 1, command: {} }] });
      for (const bad of [turn(one, 1), turn(one, 3)]) {
        await assert.rejects(store.journal.append([beside, bad]), { name: "SequenceError" });
      }
      await assert.rejects(store.journal.append([turn(one, 2), turn(one, 4)]), { name: "SequenceError" });
      assert.deepEqual(await seqsOf(store, one.actor), [1]);
      assert.deepEqual(await seqsOf(store, other.actor), []);
      assert.deepEqual((await store.timers.due(other.node, 10, 100)).filter((t) => t.actor === other.actor), []);
      assert.deepEqual(await store.journal.append([turn(one, 2), turn(one, 3), beside]), Array(3).fill("committed"));
    },
  },
  {
    name: "[O2] a past owner stores nothing; the others of its batch commit",
    async run(store) {
      const past = await ownedActor(store), other = await ownedActor(store);
      await store.journal.append([turn(past, 1)]);
      await store.ownership.release(past.actor, past.epoch);
      const present = { ...past, epoch: await claimed(store, past.actor, other.node) };
      const late = turn(past, 2, {
        timersSet: [{ name: "late", dueMs: 1, command: {} }],
        messages: [{ to: other.actor, command: {} }],
      });
      const outcomes = await store.journal.append([late, turn(other, 1), turn(past, 3), turn(present, 2)]);
      assert.deepEqual(outcomes, ["fenced", "committed", "fenced", "committed"]);
      assert.deepEqual((await store.journal.read(past.actor, 0, 10)).map(({ epoch }) => epoch), [1, 2]);
      const mine = (row: { actor?: string; sender?: string }) => (row.actor ?? row.sender) === past.actor;
      assert.deepEqual((await store.timers.due(other.node, 10, 1_000)).filter(mine), []);
      assert.deepEqual((await store.outbox.pending(other.node, 1_000)).filter(mine), []);
    },
  },
  {
    name: "[O2] an actor that nobody has claimed takes no events",
    async run(store) {
      const actor = someActor();
      assert.deepEqual(await store.journal.append([turn({ actor, epoch: 1 }, 1)]), ["fenced"]);
      assert.deepEqual(await seqsOf(store, actor), []);
    },
  },
  {
    name: "[O4] a claim that follows an append shuts out the appends after it",
    async run(store) {
      const owned = await ownedActor(store);
      const first = store.journal.append([turn(owned, 1)]);
      const again = { ...owned, epoch: await claimed(store, owned.actor, owned.node) };
      const seen = await seqsOf(store, owned.actor);
      const [outcome] = await first;
      assert.deepEqual(seen, outcome === "committed" ? [1] : []);
      assert.deepEqual(await store.journal.append([turn(owned, seen.length + 1)]), ["fenced"]);
      assert.deepEqual(await store.journal.append([turn(again, seen.length + 1)]), ["committed"]);
    },
  },
  {
    name: "[S4] the snapshot with the highest number stays",
    async run(store) {
      const actor = someActor(), node = await liveNode(store);
      assert.equal(await store.snapshots.load(actor), null);
      const epoch = await claimed(store, actor, node);
      const at = (seq: number) => ({ actor, seq, epoch, version: 1, body: { seq } });
      await store.snapshots.save([at(3), at(7), at(5)]);
      assert.deepEqual(await store.snapshots.load(actor), at(7));
      await store.snapshots.save([at(6)]);
      assert.deepEqual(await store.snapshots.load(actor), at(7));
      await store.snapshots.save([]);
    },
  },
  {
    name: "[S1] what a learner types comes back as it was: NUL, lone surrogates, quotes, backslashes, braces",
    async run(store) {
      const owned = await ownedActor(store);
      const body = { text: 'a\0b \ud800 "c" \\d {e,f} é 😀 \n NULL', "\0key": [null, "", -0.5, 1e300] };
      const messages = [{ to: owned.actor, command: body }];
      await store.journal.append([
        turn(owned, 1, { events: [{ type: "noted", version: 1, body }], reply: body, messages }),
      ]);
      const [event] = await store.journal.read(owned.actor, 0, 1);
      assert.deepEqual([event?.body, event?.reply], [body, body]);
      await store.snapshots.save([{ actor: owned.actor, seq: 1, epoch: 1, version: 1, body }]);
      assert.deepEqual((await store.snapshots.load(owned.actor))?.body, body);
    },
  },
  {
    name: "[S1] an empty batch is nothing, and a turn may hold no event",
    async run(store) {
      const owned = await ownedActor(store);
      assert.deepEqual(await store.journal.append([]), []);
      assert.deepEqual(await store.journal.append([turn(owned, 1, { events: [] }), turn(owned, 1)]), [
        "committed",
        "committed",
      ]);
      assert.deepEqual(await seqsOf(store, owned.actor), [1]);
      const orphan = turn(owned, 2, { events: [], messages: [{ to: owned.actor, command: {} }] });
      await assert.rejects(store.journal.append([orphan]), { name: "MessageWithoutEventError" });
    },
  },
];
