/** Coming and going: idle actors, the memory budget, the lease, the drain. */
import assert from "node:assert/strict";
import { LEASE_END_MS_MIN } from "../../src/actors/limits.ts";
import type { Address } from "../../src/domain/address.ts";
import { notebookAddress, type NotebookCommand } from "./notebook.ts";
import { codeOf, Diary, Stage, STRANGER, STUDENT } from "./stage.ts";

const [A, B, C] = [notebookAddress("a"), notebookAddress("b"), notebookAddress("c")];

Deno.test("[L1] commands that come together make one activation", async () => {
  const stage = new Stage();
  const node = await stage.started();
  await stage.until(Promise.all(["1", "2", "3"].map((text) => stage.send(node, A, { type: "write", text }))));
  assert.equal(stage.memory.tables.epochOf(A), 1);
  assert.equal(node.stats().actors.active, 1);
});

Deno.test("[L2] an idle actor is retired with a snapshot and comes back with the next message", async () => {
  const stage = new Stage();
  const node = await stage.started({ kind: { idleMs: 1_000 }, runtime: { idleSweepMs: 500 } });
  await stage.tell(node, A, { type: "write", text: "1" });
  await stage.tell(node, A, { type: "mark" });
  await stage.pass(5_000);
  assert.equal(node.stats().actors.active, 0);
  assert.equal(stage.memory.tables.load(A)?.seq, 1);
  const reply = await stage.tell(node, A, { type: "mark" });
  assert.deepEqual(reply, { kind: "done", epoch: 2, seq: 1, body: 2, repeated: false });
});

Deno.test("[L2] a watched actor and one whose effect is under way stay", async () => {
  const stage = new Stage();
  stage.runEffect = () => new Promise(() => {});
  const node = await stage.started({ kind: { idleMs: 1_000 }, runtime: { idleSweepMs: 500 } });
  await stage.until(node.watch(A, STUDENT, null, new Diary()));
  await stage.tell(node, B, { type: "ask", question: "well?" });
  await stage.tell(node, C, { type: "write", text: "1" });
  await stage.pass(5_000);
  assert.deepEqual(node.stats().actorsByKind, { notebook: 2 });
});

Deno.test("[L3] over the memory budget the longest idle leave first", async () => {
  const stage = new Stage();
  const node = await stage.started({ runtime: { memoryBytesMax: 60_000, idleSweepMs: 1_000 } });
  const order: Address<NotebookCommand>[] = [C, A, B];
  for (const book of order) {
    await stage.tell(node, book, { type: "write", text: "x".repeat(10_000) });
    await stage.pass(10);
  }
  await stage.pass(1_000);
  const saved = order.filter((book) => stage.memory.tables.load(book) !== null);
  assert.deepEqual(saved, [C]);
  assert.equal(node.stats().actors.active, 2);
  assert.ok(node.stats().estimatedBytes <= 60_000);
});

Deno.test("[L3 B3] with activationsMax actors in memory the next is refused, and room is made", async () => {
  const stage = new Stage();
  const node = await stage.started({ runtime: { activationsMax: 2 } });
  for (const book of [A, B]) await stage.tell(node, book, { type: "write", text: "1" });
  assert.equal(codeOf(await stage.tell(node, C, { type: "write", text: "1" })), "mailbox_full");
  await stage.pass(100);
  assert.equal(codeOf(await stage.tell(node, C, { type: "write", text: "1" })), "done");
});

Deno.test("[S4] a snapshot holds committed state only", async () => {
  const stage = new Stage();
  const node = await stage.started({ kind: { snapshotEveryEvents: 1 } });
  await stage.tell(node, A, { type: "write", text: "1" });
  stage.journal.mood = "hold";
  void stage.send(node, A, { type: "write", text: "2" });
  await stage.pass(100);
  const body = stage.memory.tables.load(A)?.body as { state: { lines: string[] } };
  assert.deepEqual(body.state.lines, ["1"]);
});

Deno.test("[S1] the listing is stored when it changes, and only then", async () => {
  const stage = new Stage();
  const node = await stage.started();
  await stage.tell(node, A, { type: "write", text: "1" });
  assert.equal(stage.memory.tables.listingOf(A)?.status, "short");
  for (const text of ["2", "3"]) await stage.tell(node, A, { type: "write", text });
  assert.equal(stage.memory.tables.listingOf(A)?.status, "long");
});

Deno.test("[L6] a drain refuses new work, finishes what waits, saves, tells watchers and ends the lease", async () => {
  const stage = new Stage();
  const node = await stage.started();
  const diary = new Diary();
  await stage.until(node.watch(A, STUDENT, null, diary));
  const waiting = ["1", "2"].map((text) => stage.send(node, A, { type: "write", text }));
  const draining = node.drain(5_000);
  assert.equal(codeOf(await stage.send(node, A, { type: "write", text: "late" })), "draining");
  const { stopped, finished, leaseEnded } = await stage.until(draining);
  assert.deepEqual({ stopped, finished, leaseEnded }, { stopped: 0, finished: 1, leaseEnded: true });
  assert.deepEqual((await Promise.all(waiting)).map(codeOf), ["done", "done"]);
  await stage.pass(10);
  assert.deepEqual(diary.seqs, [1, 2]);
  assert.deepEqual(diary.lostReasons, ["draining"]);
  assert.equal(stage.memory.tables.load(A)?.seq, 2);
  const other = await stage.started({ node: "west" });
  assert.equal(codeOf(await stage.tell(other, A, { type: "write", text: "3" })), "done");
});

Deno.test("[L6] a drain that cannot finish stops at its deadline and answers what waits", async () => {
  const stage = new Stage();
  const node = await stage.started();
  await stage.tell(node, A, { type: "write", text: "1" });
  stage.journal.mood = "hold";
  const stuck = stage.send(node, A, { type: "write", text: "2" });
  const report = await stage.until(node.drain(2_000));
  assert.equal(report.stopped, 1);
  assert.ok(report.tookMs >= 2_000 && report.tookMs < 2_100);
  assert.equal(codeOf(await stage.until(stuck)), "append_failed");
  assert.equal(node.drain(1), node.drain(1));
});

Deno.test("[L6 B3] a store that hangs keeps a drain no longer than its deadline and LEASE_END_MS_MIN", async () => {
  for (const hung of ["endLease", "renewLease"] as const) {
    const stage = new Stage();
    const node = await stage.started({ runtime: { leaseMs: 3_000 } });
    await stage.tell(node, A, { type: "write", text: "1" });
    stage.journal.mood = "hold";
    const stuck = stage.send(node, A, { type: "write", text: "2" });
    Object.assign(stage.memory.ownership, { [hung]: () => new Promise(() => {}) });
    await stage.pass(1_500);
    const begunMs = stage.time.nowMs();
    const report = await stage.until(node.drain(1_000));
    const tookMs = stage.time.nowMs() - begunMs;
    assert.ok(tookMs >= 1_000 && tookMs < 1_000 + LEASE_END_MS_MIN + 100, `${hung}: ${tookMs} ms`);
    assert.deepEqual([report.leaseEnded ? "ended" : "runs out", codeOf(await stuck)], ["runs out", "append_failed"]);
  }
});

Deno.test("[L6] a drain that needs no time gives the end of the lease what is left of it", async () => {
  const stage = new Stage();
  const node = await stage.started();
  const { endLease } = stage.memory.ownership;
  Object.assign(stage.memory.ownership, {
    endLease: (name: string) => new Promise((resolve) => stage.time.in(1_500, () => resolve(endLease(name)))),
  });
  const report = await stage.until(node.drain(2_000));
  assert.equal(report.leaseEnded ? "ended" : "runs out", "ended");
});

Deno.test("[O3 O4] a lease that lapsed: actors in use are claimed again, idle ones leave", async () => {
  const stage = new Stage();
  const node = await stage.started({ runtime: { leaseMs: 3_000 } });
  const diary = new Diary();
  await stage.tell(node, A, { type: "write", text: "1" });
  await stage.until(node.watch(B, STUDENT, null, diary));
  const { renewLease } = stage.memory.ownership;
  let asked = 0;
  Object.assign(stage.memory.ownership, {
    renewLease: async (name: string, leaseMs: number) => await renewLease(name, leaseMs) && ++asked !== 2,
  });
  await stage.pass(4_000);
  assert.deepEqual([stage.memory.tables.epochOf(A), stage.memory.tables.epochOf(B)], [1, 2]);
  assert.equal(codeOf(await stage.tell(node, A, { type: "write", text: "2" })), "done");
  assert.equal(stage.memory.tables.epochOf(A), 2);
  assert.deepEqual(diary.lostReasons, []);
});

Deno.test("[O3] a node that cannot renew its lease shows nothing and decides nothing until it can", async () => {
  const stage = new Stage();
  const node = await stage.started({ runtime: { leaseMs: 3_000 } });
  await stage.tell(node, A, { type: "write", text: "1" });
  const { renewLease } = stage.memory.ownership;
  Object.assign(stage.memory.ownership, { renewLease: () => Promise.reject(new Deno.errors.ConnectionReset()) });
  await stage.pass(4_000);
  assert.equal(node.stats().leaseLive ? "live" : "not live", "not live");
  assert.equal(codeOf(await stage.tell(node, A, { type: "write", text: "2" })), "restarting");
  const read = await stage.until(node.read(A, STUDENT));
  assert.equal(read.kind === "refused" && read.code, "restarting");
  Object.assign(stage.memory.ownership, { renewLease });
  await stage.pass(2_000);
  assert.equal(codeOf(await stage.tell(node, A, { type: "write", text: "2" })), "done");
});

Deno.test("[O1] an actor that is taken over between its claim and the reading of its journal is not shown", async () => {
  const stage = new Stage();
  await stage.tell(await stage.started({ node: "past" }), A, { type: "write", text: "1" });
  stage.memory.tables.endLease("past");
  const east = await stage.started({ node: "east" });
  const west = await stage.started({ node: "west" });
  let taken = false;
  Object.assign(stage.store.journal, {
    read: async (...asked: Parameters<typeof stage.memory.journal.read>) => {
      if (!taken) {
        taken = true;
        stage.memory.tables.endLease("east");
        await stage.tell(west, A, { type: "write", text: "2" });
      }
      return await stage.memory.journal.read(...asked);
    },
  });
  assert.equal(codeOf(await stage.tell(east, A, { type: "write", text: "3" })), "restarting");
  assert.match(east.supervision(1)[0]?.reason ?? "", /SupersededError/);
  assert.deepEqual(stage.texts(A), ["1", "2"]);
});

Deno.test("[O1] an actor whose new owner has already saved it is not shown under the old epoch", async () => {
  const stage = new Stage();
  await stage.tell(await stage.started({ node: "past" }), A, { type: "write", text: "1" });
  stage.memory.tables.endLease("past");
  const east = await stage.started({ node: "east" });
  const west = await stage.started({ node: "west" });
  const { load } = stage.memory.snapshots;
  let taken = false;
  Object.assign(stage.memory.snapshots, {
    load: async (...asked: Parameters<typeof load>) => {
      if (!taken) {
        taken = true;
        stage.memory.tables.endLease("east");
        await stage.tell(west, A, { type: "write", text: "2" });
        await stage.until(west.drain(1_000));
      }
      return await load(...asked);
    },
  });
  const read = await stage.until(east.read(A, STUDENT));
  assert.equal(read.kind === "refused" && read.code, "restarting");
  assert.match(east.supervision(1)[0]?.reason ?? "", /SupersededError/);
});

Deno.test("[L1] looking at an actor that never was makes none, and claims none", async () => {
  const stage = new Stage();
  const node = await stage.started();
  const nobody = notebookAddress("nobody");
  const asStranger = await stage.until(node.read(nobody, STRANGER));
  assert.deepEqual(asStranger, { kind: "forbidden" });
  const watched = await stage.until(node.watch(nobody, STRANGER, null, new Diary()));
  assert.deepEqual(watched, { kind: "forbidden" });
  const asStudent = await stage.until(node.read(nobody, STUDENT));
  assert.equal(asStudent.kind, "read");
  assert.equal(stage.memory.tables.epochOf(nobody), 0);
  assert.equal(Object.values(node.stats().actors).reduce((sum, count) => sum + count, 0), 0);
});
