/** Watching and resuming through the registry. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Broadcast, Watcher } from "../../src/actors/envelope.ts";
import type { Registry } from "../../src/actors/registry.ts";
import { ReplayRing } from "../../src/actors/replay_ring.ts";
import { ExplosionError, notebookAddress } from "./notebook.ts";
import { Diary, Stage, STRANGER, STUDENT, TEACHER } from "./stage.ts";

const BOOK = notebookAddress("watched");

async function written(stage: Stage, node: Registry, ...texts: string[]): Promise<void> {
  for (const text of texts) await stage.tell(node, BOOK, { type: "write", text });
}

Deno.test("[R1] a watcher hears every event in order, each once, after its outcome", async () => {
  const stage = new Stage();
  const node = await stage.started();
  await written(stage, node, "a");
  const diary = new Diary();
  const outcome = node.watch(BOOK, STUDENT, null, diary);
  const reply = stage.send(node, BOOK, { type: "write", text: "b" });
  assert.deepEqual(await stage.until(outcome), {
    kind: "reset",
    epoch: 1,
    seq: 1,
    state: { audience: "reader", lines: ["a"] },
  });
  assert.deepEqual(diary.heard, []);
  await stage.until(reply);
  await written(stage, node, "c");
  await stage.pass(1);
  assert.deepEqual(diary.seqs, [2, 3]);
});

Deno.test("[R3] an audience gets its own projection, the same object for all of it; a stranger gets nothing", async () => {
  const stage = new Stage();
  const node = await stage.started();
  stage.runEffect = () => new Promise(() => {});
  const [reader, readerToo, staff] = [new Diary(), new Diary(), new Diary()];
  await stage.until(node.watch(BOOK, STUDENT, null, reader));
  await stage.until(node.watch(BOOK, STUDENT, null, readerToo));
  await stage.until(node.watch(BOOK, TEACHER, null, staff));
  assert.deepEqual(await stage.until(node.watch(BOOK, STRANGER, null, new Diary())), { kind: "forbidden" });
  assert.deepEqual(await stage.until(node.read(BOOK, STRANGER)), { kind: "forbidden" });
  await stage.pass(1);
  await stage.tell(node, BOOK, { type: "ask", question: "secret" });
  await written(stage, node, "open");
  await stage.tell(node, BOOK, { type: "flash", audience: "staff" });
  await stage.pass(1);
  assert.deepEqual(reader.heard.map(({ type }) => type), ["written"]);
  assert.deepEqual(staff.heard.map(({ type, seq, epoch }) => `${type} ${epoch} ${seq}`), [
    "asked 1 1",
    "written 1 2",
    "flashed 1 2",
  ]);
  assert.equal(reader.heard[0], readerToo.heard[0]);
});

Deno.test("[R2] a resume point gives exactly what was missed, from the ring, the journal, or a reset", async () => {
  const stage = new Stage();
  const node = await stage.started({ kind: { replayRingMax: 3 }, runtime: { resumeEventsMax: 6 } });
  await stage.until(node.watch(BOOK, STUDENT, null, new Diary()));
  await written(stage, node, "1", "2", "3", "4", "5", "6", "7", "8");
  const missed = async (seq: number, epoch = 1) => {
    const outcome = await stage.until(node.watch(BOOK, STUDENT, { epoch, seq }, new Diary()));
    return outcome.kind === "resumed" ? outcome.missed.map((one) => one.seq) : outcome.kind;
  };
  assert.deepEqual(await missed(8), []);
  assert.deepEqual(await missed(5), [6, 7, 8]);
  assert.deepEqual(await missed(2), [3, 4, 5, 6, 7, 8]);
  assert.equal(await missed(1), "reset");
  assert.equal(await missed(9), "reset");
  assert.equal(await missed(5, 2), "reset");
});

Deno.test("[R1 R2] what commits while a watcher resumes from the journal follows after its outcome", async () => {
  const stage = new Stage();
  const first = await stage.started();
  await written(stage, first, "1", "2", "3");
  await stage.until(first.drain(1_000));
  const node = await stage.started();
  await stage.tell(node, BOOK, { type: "write", text: "4" });
  const diary = new Diary();
  const joining = node.watch(BOOK, STUDENT, { epoch: 1, seq: 1 }, diary);
  const replies = ["5", "6"].map((text) => stage.send(node, BOOK, { type: "write", text }));
  const outcome = await stage.until(joining);
  await stage.until(Promise.all(replies));
  await stage.pass(1);
  const missed = outcome.kind === "resumed" ? outcome.missed.map((one) => one.seq) : [];
  assert.deepEqual([...missed, ...diary.seqs], [2, 3, 4, 5, 6]);
});

Deno.test("[R1 S3] watchers stay through an append of unknown outcome and hear what it stored", async () => {
  const stage = new Stage();
  const node = await stage.started();
  const diary = new Diary();
  await stage.until(node.watch(BOOK, STUDENT, null, diary));
  await written(stage, node, "1");
  stage.journal.mood = "fail_after";
  const doubted = stage.send(node, BOOK, { type: "write", text: "2" });
  await stage.pass(0);
  stage.journal.mood = "commit";
  await stage.until(doubted);
  await written(stage, node, "3");
  await stage.pass(1);
  assert.deepEqual(diary.heard.map(({ seq, epoch }) => `${epoch} ${seq}`), ["1 1", "1 2", "2 3"]);
  assert.deepEqual(diary.lostReasons, []);
});

Deno.test("[R4] a watcher that throws is dropped and told so; actor and others are unharmed", async () => {
  const stage = new Stage();
  const node = await stage.started();
  const lost: string[] = [];
  const broken: Watcher = {
    deliver: (_broadcast: Broadcast) => {
      throw new ExplosionError("cannot hear");
    },
    lost: (reason) => void lost.push(reason),
  };
  const diary = new Diary();
  await stage.until(node.watch(BOOK, STUDENT, null, broken));
  await stage.until(node.watch(BOOK, STUDENT, null, diary));
  await stage.pass(1);
  await written(stage, node, "1", "2");
  assert.deepEqual(lost, ["watcher_failed"]);
  assert.deepEqual(diary.seqs, [1, 2]);
  assert.equal(node.stats().watchers, 1);
});

Deno.test("[R1] a watcher that left hears no more, also when it leaves before it is live", async () => {
  const stage = new Stage();
  const node = await stage.started();
  const diary = new Diary();
  const joining = node.watch(BOOK, STUDENT, null, diary);
  await stage.until(joining);
  node.unwatch(BOOK, diary);
  await written(stage, node, "1");
  await stage.pass(1);
  assert.deepEqual(diary.heard, []);
});

Deno.test("[R1] a watcher that leaves while its actor is being read does not join", async () => {
  const stage = new Stage();
  const node = await stage.started();
  const diary = new Diary();
  const joining = node.watch(BOOK, STUDENT, null, diary);
  node.unwatch(BOOK, diary);
  assert.equal((await stage.until(joining)).kind, "refused");
  assert.equal(node.stats().watchers, 0);
  assert.equal((await stage.until(node.watch(BOOK, STUDENT, null, diary))).kind, "reset");
});

Deno.test("[B3] an actor has watchersPerActorMax watchers at most", async () => {
  const stage = new Stage();
  const node = await stage.started({ runtime: { watchersPerActorMax: 1 } });
  await stage.until(node.watch(BOOK, STUDENT, null, new Diary()));
  const outcome = await stage.until(node.watch(BOOK, STUDENT, null, new Diary()));
  assert.equal(outcome.kind === "refused" && outcome.code, "mailbox_full");
});

Deno.test("[R2 B3] a replay ring holds the last events, all or nothing of what is asked", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 30 }), (max, count) => {
    const ring = new ReplayRing<number>(max);
    for (let seq = 1; seq <= count; seq++) ring.add({ seq, epoch: 1, atMs: 0, event: seq });
    assert.ok(ring.size <= max);
    for (let after = 0; after < count; after++) {
      const missed = ring.after(after, count);
      const expected = Array.from({ length: count - after }, (_, i) => after + 1 + i);
      if (count - after <= max) assert.deepEqual(missed?.map(({ seq }) => seq), expected);
      else assert.equal(missed, null);
    }
  }));
});

Deno.test("[R2] after a gap a ring starts anew", () => {
  const ring = new ReplayRing<string>(8);
  for (const seq of [1, 2, 5, 6]) ring.add({ seq, epoch: 1, atMs: 0, event: `${seq}` });
  assert.equal(ring.after(1, 6), null);
  assert.deepEqual(ring.after(4, 6)?.map(({ event }) => event), ["5", "6"]);
});
