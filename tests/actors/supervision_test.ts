/** Failures: of deciders, of effects, of recovery. */
import assert from "node:assert/strict";
import { effectFailures } from "./failing_effects.ts";
import { notebookAddress } from "./notebook.ts";
import { codeOf, Stage, STUDENT } from "./stage.ts";

const [A, B] = [notebookAddress("a"), notebookAddress("b")];

Deno.test("[L4 L5] a decider that throws stops its actor alone; after three tries the command is set aside", async () => {
  const stage = new Stage();
  const node = await stage.started();
  await stage.tell(node, A, { type: "write", text: "1" });
  const poison = stage.send(node, A, { type: "explode" }, "poison");
  const queued = stage.send(node, A, { type: "write", text: "2" });
  assert.equal(codeOf(await stage.tell(node, B, { type: "write", text: "other" })), "done");
  const reply = await stage.until(poison);
  assert.ok(reply.kind === "refused" && reply.code === "poisoned" && reply.message.includes("ExplosionError"));
  assert.equal(codeOf(await stage.until(queued)), "done");
  assert.deepEqual(stage.texts(A), ["1", "2"]);
  const [letter] = stage.memory.tables.list(10);
  assert.deepEqual([letter?.actor, letter?.commandId, letter?.command], [A, "poison", { type: "explode" }]);
  const failures = node.supervision(10).filter(({ cause }) => cause === "turn");
  assert.deepEqual(failures.map(({ commandId }) => commandId), ["poison", "poison", "poison"]);
  assert.equal(node.stats().deadLetters, 1);
});

Deno.test("[M6] [L5] an ephemeral command is set aside without what it said", async () => {
  const stage = new Stage();
  const node = await stage.started();
  assert.equal(codeOf(await stage.tell(node, A, { type: "explode", priority: "ephemeral" }, "seen")), "poisoned");
  const [letter] = stage.memory.tables.list(10);
  assert.deepEqual([letter?.commandId, letter?.command], ["seen", null]);
});

Deno.test("[L4] each restart claims anew, and the pauses between tries grow", async () => {
  const stage = new Stage();
  const node = await stage.started({ runtime: { deliveryTriesMax: 5, backoffMsMin: 100 } });
  await stage.tell(node, A, { type: "explode" });
  const times = node.supervision(10).map(({ atMs }) => atMs).reverse();
  const pauses = times.slice(1).map((atMs, i) => atMs - (times[i] ?? 0));
  assert.deepEqual(pauses, [100, 200, 400, 800]);
  assert.equal(stage.memory.tables.epochOf(A), 5);
});

Deno.test("[L4 B3] while appends keep failing the actor rests longer each time, and says so to its senders", async () => {
  const stage = new Stage();
  const node = await stage.started({ runtime: { backoffMsMin: 100, backoffMsMax: 2_000 } });
  await stage.tell(node, A, { type: "write", text: "1" });
  stage.journal.mood = "fail_before";
  const waits: number[] = [];
  for (let n = 1; n <= 7; n++) {
    const reply = await stage.tell(node, A, { type: "write", text: "2" }, "kept");
    // What stores nothing completes meanwhile; that is no sign of a store that works.
    assert.equal(codeOf(await stage.tell(node, A, { type: "refuse" })), "refused");
    if (reply.kind === "refused" && reply.code === "append_failed") waits.push(reply.retryAfterMs);
  }
  assert.deepEqual(waits, [100, 200, 400, 800, 1_600, 2_000, 2_000]);
  const times = node.supervision(20).filter(({ cause }) => cause === "append").map(({ atMs }) => atMs).reverse();
  const pauses = times.slice(1).map((atMs, i) => atMs - (times[i] ?? 0));
  [0, 200, 400, 800, 1_600, 2_000].forEach((leastMs, i) => assert.ok((pauses[i] ?? 0) >= leastMs, `${pauses}`));
  assert.equal(stage.memory.tables.epochOf(A), 8);
  stage.journal.mood = "commit";
  assert.equal(codeOf(await stage.tell(node, A, { type: "write", text: "2" }, "kept")), "done");
  stage.journal.mood = "fail_before";
  const afterwards = await stage.tell(node, A, { type: "write", text: "3" });
  assert.equal(afterwards.kind === "refused" && afterwards.retryAfterMs, 100);
  assert.deepEqual(stage.texts(A), ["1", "2"]);
});

Deno.test("[L4] senders that insist on a store which takes nothing cost a few claims, not a loop", async () => {
  const stage = new Stage();
  const node = await stage.started();
  await stage.tell(node, A, { type: "write", text: "1" });
  stage.journal.mood = "fail_before";
  const untilMs = stage.time.nowMs() + 60_000;
  while (stage.time.nowMs() < untilMs) await stage.tell(node, A, { type: "write", text: "2" });
  assert.ok(stage.memory.tables.epochOf(A) < 20, `${stage.memory.tables.epochOf(A)} claims in a minute`);
});

Deno.test("[L5] a command that was set aside is not tried again when it is sent again", async () => {
  const stage = new Stage();
  const node = await stage.started();
  await stage.tell(node, A, { type: "explode" }, "poison");
  const before = node.supervision(100).length;
  await stage.pass(5_000);
  assert.equal(codeOf(await stage.tell(node, A, { type: "explode" }, "poison")), "poisoned");
  assert.equal(node.supervision(100).length, before);
});

Deno.test("[S5 L4] a journal of an unknown version stops the actor with a named error; others go on", async () => {
  const stage = new Stage();
  const claim = await stage.memory.ownership.claim(A, "past");
  const future = { type: "written", version: 9, body: {} };
  const quiet = { messages: [], timersSet: [], timersCleared: [], listing: null };
  const epoch = claim.kind === "claimed" ? claim.epoch : 0;
  const record = { actor: A, epoch, firstSeq: 1, atMs: 1, events: [future], commandId: "c", reply: null, ...quiet };
  await stage.memory.journal.append([record]);
  const node = await stage.started();
  assert.equal(codeOf(await stage.tell(node, A, { type: "write", text: "x" })), "restarting");
  assert.match(node.supervision(1)[0]?.reason ?? "", /UnknownNotebookVersionError/);
  assert.equal(codeOf(await stage.tell(node, B, { type: "write", text: "x" })), "done");
});

Deno.test("[S5] a snapshot and events of an older version are brought up to date", async () => {
  const stage = new Stage();
  await stage.memory.ownership.claim(A, "past");
  const events = [1, 2].map((n) => ({ type: "written", version: 1, body: { text: `${n}` } }));
  const quiet = { messages: [], timersSet: [], timersCleared: [], listing: null };
  await stage.memory.journal.append([{
    actor: A,
    epoch: 1,
    firstSeq: 1,
    atMs: 1,
    events,
    commandId: "c",
    reply: "first",
    ...quiet,
  }]);
  const body = { state: { lines: ["1"], waiting: [] }, memory: { commands: [], senders: [] } };
  await stage.memory.snapshots.save([{ actor: A, seq: 1, epoch: 1, version: 1, body }]);
  const node = await stage.started();
  const read = await stage.until(node.read(A, STUDENT));
  assert.deepEqual(read.kind === "read" && read.state, { audience: "reader", lines: ["1", "2"] });
  const repeated = await stage.tell(node, A, { type: "write", text: "2" }, "c");
  assert.deepEqual(repeated, { kind: "done", epoch: 2, seq: 2, body: "first", repeated: true });
});

Deno.test("[S6] an effect's result says which event it was computed from", async () => {
  const stage = new Stage();
  const node = await stage.started();
  await stage.tell(node, A, { type: "write", text: "1" });
  await stage.tell(node, A, { type: "ask", question: "well?" });
  await stage.pass(100);
  const last = stage.memory.tables.read(A, 2, 1)[0]?.body;
  assert.deepEqual(last, { type: "answered", question: "well?", answer: "yes", basisSeq: 2 });
});

Deno.test("[S6 B3] an effect that fails, or never answers, or is one too many ends in the aggregate's own words", async () => {
  const stage = new Stage();
  const node = await stage.started({ kind: { effectsInFlightMax: 1, effectTimeoutMs: 1_000 } });
  stage.runEffect = effectFailures;
  for (let i = 0; i < 11; i++) await stage.tell(node, A, { type: "ask", question: i === 0 ? "hang" : `fail ${i}` });
  await stage.pass(5_000);
  const read = await stage.until(node.read(A, STUDENT));
  const lines = read.kind === "read" ? JSON.stringify(read.state) : "";
  assert.match(lines, /hang failed: no result in 1000 ms/);
  assert.match(lines, /fail 3 failed: ExplosionError/);
  assert.match(lines, /fail 10 failed: too many effects at once/);
});

Deno.test("[S7] an effect that the state waits for is started again after a crash, and not twice in one life", async () => {
  const stage = new Stage();
  const east = await stage.started({ node: "east" });
  let started = 0;
  stage.runEffect = () => {
    started++;
    return new Promise(() => {});
  };
  await stage.tell(east, A, { type: "ask", question: "well?" });
  await stage.tell(east, A, { type: "explode" });
  assert.equal(started, 1);
  stage.memory.tables.endLease("east");
  const west = await stage.started({ node: "west" });
  await stage.tell(west, A, { type: "write", text: "awake" });
  assert.equal(started, 2);
});
