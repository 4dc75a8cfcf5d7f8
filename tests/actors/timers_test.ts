/** Durable timers through the registry, and the heap they wait in. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { TimerHeap } from "../../src/actors/timer_heap.ts";
import { notebookAddress } from "./notebook.ts";
import { Stage } from "./stage.ts";

const BOOK = notebookAddress("timed");

function rings(stage: Stage): { name: string; atMs: number }[] {
  const events = stage.memory.tables.read(BOOK, 0, 100).map(({ body }) => body as { type: string });
  return events.filter(({ type }) => type === "rang") as unknown[] as { name: string; atMs: number }[];
}

Deno.test("[T1][T3] a timer fires once, when due, and is gone from the store", async () => {
  const stage = new Stage();
  const node = await stage.started();
  const dueMs = stage.time.nowMs() + 5_000;
  await stage.tell(node, BOOK, { type: "remind", name: "tea", inMs: dueMs - stage.time.nowMs() });
  await stage.pass(60_000);
  const rang = rings(stage);
  assert.equal(rang.length, 1);
  assert.ok((rang[0]?.atMs ?? 0) >= dueMs && (rang[0]?.atMs ?? 0) < dueMs + 50);
  assert.deepEqual(stage.memory.tables.timersOf(BOOK), []);
});

Deno.test("[T1] a timer set by a node that died fires on the next one", async () => {
  const stage = new Stage();
  await stage.tell(await stage.started({ node: "east" }), BOOK, { type: "remind", name: "tea", inMs: 40_000 });
  stage.memory.tables.endLease("east");
  await stage.started({ node: "west" });
  await stage.pass(120_000);
  assert.deepEqual(rings(stage).map(({ name }) => name), ["tea"]);
});

Deno.test("[T1] a timer that a turn without an event sets is stored before it is answered, and fires after a crash", async () => {
  const stage = new Stage();
  const east = await stage.started({ node: "east" });
  await stage.tell(east, BOOK, { type: "write", text: "one" });
  await stage.tell(east, BOOK, { type: "mark_and_remind", name: "tea", inMs: 40_000 });
  assert.deepEqual(stage.memory.tables.timersOf(BOOK).map(({ name }) => name), ["tea"]);
  stage.memory.tables.endLease("east");
  await stage.started({ node: "west" });
  await stage.pass(120_000);
  assert.deepEqual(rings(stage).map(({ name }) => name), ["tea"]);
});

Deno.test("[T2] setting a name again moves the timer, clearing it stops it", async () => {
  const stage = new Stage();
  const node = await stage.started();
  const startMs = stage.time.nowMs();
  await stage.tell(node, BOOK, { type: "remind", name: "moved", inMs: 1_000 });
  await stage.tell(node, BOOK, { type: "remind", name: "cleared", inMs: 1_000 });
  await stage.tell(node, BOOK, { type: "remind", name: "moved", inMs: 30_000 });
  await stage.tell(node, BOOK, { type: "forget", name: "cleared" });
  await stage.pass(60_000);
  assert.deepEqual(rings(stage).map(({ name, atMs }) => `${name} ${atMs >= startMs + 30_000}`), ["moved true"]);
});

Deno.test("[T2] a timer that is moved while its firing waits for its turn does not fire", async () => {
  const stage = new Stage();
  const node = await stage.started({ kind: { pipelineTurnsMax: 1 } });
  await stage.tell(node, BOOK, { type: "remind", name: "tea", inMs: 1_000 });
  stage.journal.mood = "hold";
  void stage.send(node, BOOK, { type: "write", text: "slow" });
  const move = stage.send(node, BOOK, { type: "remind", name: "tea", inMs: 20_000 });
  await stage.pass(2_000);
  stage.journal.release();
  await stage.until(move);
  await stage.pass(5_000);
  assert.deepEqual(rings(stage), []);
  await stage.pass(30_000);
  assert.equal(rings(stage).length, 1);
});

Deno.test("[T1 L5] a timer whose command always fails is set aside and over", async () => {
  const stage = new Stage();
  const node = await stage.started();
  await stage.tell(node, BOOK, { type: "explode_later", name: "bomb", inMs: 1_000 });
  await stage.pass(60_000);
  assert.deepEqual(stage.memory.tables.timersOf(BOOK), []);
  assert.equal(stage.memory.tables.list(10).length, 1);
});

Deno.test("[T1 B3] more timers than memory holds all fire", async () => {
  const stage = new Stage();
  const node = await stage.started({ runtime: { timersInMemoryMax: 8 } });
  for (let i = 0; i < 40; i++) await stage.tell(node, BOOK, { type: "remind", name: `t${i}`, inMs: 2_000 + i * 10 });
  for (let i = 0; i < 120; i++) {
    await stage.pass(1_000);
    assert.ok(node.stats().timersInMemory <= 8);
  }
  assert.equal(rings(stage).length, 40);
  assert.equal(new Set(rings(stage).map(({ name }) => name)).size, 40);
});

Deno.test("[T1] a heap gives the soonest first, whatever was dropped from it", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.integer({ min: 1, max: 5 }), (times, every) => {
    const heap = new TimerHeap<{ fireAtMs: number }>();
    for (const fireAtMs of times) heap.push({ fireAtMs });
    heap.keep(({ fireAtMs }) => fireAtMs % every === 0);
    const popped: number[] = [];
    for (let next = heap.pop(); next !== null; next = heap.pop()) popped.push(next.fireAtMs);
    assert.deepEqual(popped, times.filter((ms) => ms % every === 0).sort((a, b) => a - b));
  }));
});
