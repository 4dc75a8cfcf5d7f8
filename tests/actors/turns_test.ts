/** Turns through the registry: order, acknowledgement after commit, repeats, refusals. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { addressOf } from "../../src/domain/address.ts";
import { notebookAddress } from "./notebook.ts";
import { codeOf, Stage, STUDENT } from "./stage.ts";

const BOOK = notebookAddress("one");

Deno.test("[S1] events are numbered 1, 2, 3 over turns and restarts", async () => {
  const stage = new Stage();
  const first = await stage.started();
  await stage.tell(first, BOOK, { type: "write", text: "a" });
  await stage.tell(first, BOOK, { type: "write", text: "b" });
  await stage.until(first.drain(1_000));
  const reply = await stage.tell(await stage.started(), BOOK, { type: "write", text: "c" });
  assert.deepEqual(reply, { kind: "done", epoch: 2, seq: 3, body: { lines: 3 }, repeated: false });
  assert.deepEqual(stage.memory.tables.read(BOOK, 0, 10).map(({ seq }) => seq), [1, 2, 3]);
});

Deno.test("[S2] an ack, a rejection and a note wait for the appends they rest on", async () => {
  const stage = new Stage();
  const node = await stage.started();
  await stage.tell(node, BOOK, { type: "write", text: "a" });
  stage.journal.mood = "hold";
  const answered: string[] = [];
  for (const [name, type] of [["write", "write"], ["refuse", "refuse"], ["mark", "mark"]] as const) {
    const command = type === "write" ? { type, text: "b" } as const : { type } as const;
    void stage.send(node, BOOK, command).then(() => answered.push(name));
  }
  await stage.pass(100);
  assert.deepEqual(answered, []);
  stage.journal.release();
  await stage.pass(100);
  assert.deepEqual(answered, ["write", "refuse", "mark"]);
});

Deno.test("[S2] turns of many actors gather while an append is under way and go in one", async () => {
  const stage = new Stage();
  const node = await stage.started();
  const books = Array.from({ length: 20 }, (_, i) => notebookAddress(`b${i}`));
  for (const book of books) await stage.tell(node, book, { type: "write", text: "first" });
  stage.journal.batches.length = 0;
  stage.journal.mood = "hold";
  void stage.send(node, BOOK, { type: "write", text: "held" });
  await stage.pass(10);
  const replies = books.map((book) => stage.send(node, book, { type: "write", text: "second" }));
  await stage.pass(10);
  stage.journal.release();
  await stage.until(Promise.all(replies));
  assert.deepEqual(stage.journal.batches, [1, 20]);
});

Deno.test("[S2 B3] an actor runs ahead of its commit by pipelineTurnsMax turns at most", async () => {
  const stage = new Stage();
  const node = await stage.started({ kind: { pipelineTurnsMax: 4 } });
  await stage.tell(node, BOOK, { type: "write", text: "0" });
  stage.journal.mood = "hold";
  const replies = Array.from({ length: 10 }, (_, i) => stage.send(node, BOOK, { type: "write", text: `${i}` }));
  await stage.pass(10);
  assert.equal(node.stats().mailboxDepth, 6);
  stage.journal.release();
  assert.deepEqual((await stage.until(Promise.all(replies))).map(codeOf), replies.map(() => "done"));
});

Deno.test("[X1] a repeated command id gets the first answer, at once, after a restart and from a snapshot", async () => {
  const stage = new Stage();
  const node = await stage.started();
  await stage.tell(node, BOOK, { type: "write", text: "a" }, "same");
  await stage.tell(node, BOOK, { type: "write", text: "b" });
  const expected = { kind: "done", seq: 1, body: { lines: 1 }, repeated: true } as const;
  assert.deepEqual(await stage.tell(node, BOOK, { type: "write", text: "a" }, "same"), { ...expected, epoch: 1 });
  await stage.until(node.drain(1_000));
  assert.equal(stage.memory.tables.load(BOOK)?.seq, 2);
  const next = await stage.started();
  assert.deepEqual(await stage.tell(next, BOOK, { type: "write", text: "a" }, "same"), { ...expected, epoch: 2 });
  assert.deepEqual(stage.texts(BOOK), ["a", "b"]);
});

Deno.test("[X1] a second copy of a command that has not committed yet waits for the first one's answer", async () => {
  const stage = new Stage();
  const node = await stage.started();
  await stage.tell(node, BOOK, { type: "write", text: "a" });
  stage.journal.mood = "hold";
  const copies = [1, 2, 3].map(() => stage.send(node, BOOK, { type: "write", text: "b" }, "same"));
  await stage.pass(10);
  stage.journal.release();
  const replies = await stage.until(Promise.all(copies));
  assert.deepEqual(replies.map((reply) => reply.kind === "done" && reply.repeated), [false, true, true]);
  assert.deepEqual(stage.texts(BOOK), ["a", "b"]);
});

Deno.test("[X1] a client may not use the runtime's own command ids", async () => {
  const stage = new Stage();
  const node = await stage.started();
  for (const id of ["out:notebook/a:1:0", "timer:x:1", "effect:1:1"]) {
    assert.equal(codeOf(await stage.tell(node, BOOK, { type: "write", text: "a" }, id)), "bad_command_id");
  }
});

Deno.test("[S3 O4] an append of unknown outcome that was stored: its commands turn out to be done", async () => {
  const stage = new Stage();
  const node = await stage.started();
  await stage.tell(node, BOOK, { type: "write", text: "a" });
  stage.journal.mood = "fail_after";
  const reply = stage.send(node, BOOK, { type: "write", text: "b" });
  await stage.pass(0);
  stage.journal.mood = "commit";
  assert.deepEqual(await stage.until(reply), { kind: "done", epoch: 2, seq: 2, body: { lines: 2 }, repeated: true });
  assert.deepEqual(stage.texts(BOOK), ["a", "b"]);
});

Deno.test("[S3 O4] an append that stored nothing: speculated state is dropped, its commands may be sent again", async () => {
  const stage = new Stage();
  const node = await stage.started();
  await stage.tell(node, BOOK, { type: "write", text: "a" });
  stage.journal.mood = "fail_before";
  const replies = ["b", "c"].map((text) => stage.send(node, BOOK, { type: "write", text }, text));
  await stage.pass(0);
  stage.journal.mood = "commit";
  assert.deepEqual((await stage.until(Promise.all(replies))).map(codeOf), ["append_failed", "append_failed"]);
  const again = await stage.tell(node, BOOK, { type: "write", text: "b" }, "b");
  assert.deepEqual(again, { kind: "done", epoch: 2, seq: 2, body: { lines: 2 }, repeated: false });
});

Deno.test("[O1 O2] an owner that was taken over is fenced, drops its state and says who has the actor", async () => {
  const stage = new Stage();
  const east = await stage.started({ node: "east" });
  await stage.tell(east, BOOK, { type: "write", text: "a" });
  stage.memory.tables.endLease("east");
  const west = await stage.started({ node: "west" });
  await stage.tell(west, BOOK, { type: "write", text: "b" });
  assert.equal(codeOf(await stage.tell(east, BOOK, { type: "write", text: "lost" })), "held_elsewhere");
  assert.deepEqual(stage.texts(BOOK), ["a", "b"]);
});

Deno.test("[B1] a full mailbox refuses with a time to come back, and queued work survives", async () => {
  const stage = new Stage();
  const node = await stage.started({ kind: { mailboxMax: 10, pipelineTurnsMax: 1 } });
  await stage.tell(node, BOOK, { type: "write", text: "0" });
  stage.journal.mood = "hold";
  const command = { type: "write", text: "x", priority: "control" } as const;
  const replies = Array.from({ length: 20 }, () => stage.send(node, BOOK, command));
  await stage.pass(10);
  stage.journal.release();
  const all = await stage.until(Promise.all(replies));
  assert.equal(all.filter((reply) => reply.kind === "done").length, 11);
  for (const reply of all.slice(11)) {
    assert.ok(reply.kind === "refused" && reply.code === "mailbox_full" && reply.retryAfterMs > 0);
  }
});

Deno.test("[B2] what waits is served by importance", async () => {
  const stage = new Stage();
  const node = await stage.started({ kind: { pipelineTurnsMax: 1 } });
  await stage.tell(node, BOOK, { type: "write", text: "first" });
  stage.journal.mood = "hold";
  void stage.send(node, BOOK, { type: "write", text: "held" });
  await stage.pass(1);
  for (const priority of ["ephemeral", "event", "graded", "control"] as const) {
    void stage.send(node, BOOK, { type: "write", text: priority, priority });
  }
  stage.journal.release();
  await stage.pass(100);
  assert.deepEqual(stage.texts(BOOK), ["first", "held", "control", "graded", "event", "ephemeral"]);
});

Deno.test("[L1] a command to a kind that the node does not know is refused", async () => {
  const stage = new Stage();
  const node = await stage.started();
  const reply = await node.tell(addressOf("ghost", "x"), {}, {
    commandId: "1",
    origin: { kind: "client", principal: STUDENT },
  });
  assert.equal(codeOf(reply), "unknown_kind");
});

Deno.test("[S4 X1] any mix of writes, repeats and crashes folds to the journal, each id once", async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant("write" as const), id: fc.integer({ min: 0, max: 15 }) }),
    fc.record({
      do: fc.constantFrom("drain" as const, "crash" as const, "fail_before" as const, "fail_after" as const),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const stage = new Stage();
      const kind = { snapshotEveryEvents: 3, recentCommandsMax: 64 };
      let node = await stage.started({ kind });
      const done = new Set<string>();
      for (const one of steps) {
        if (one.do === "write") {
          const reply = await stage.tell(node, BOOK, { type: "write", text: `${one.id}` }, `id${one.id}`);
          if (reply.kind === "done") {
            done.add(`${one.id}`);
          }
          stage.journal.mood = "commit";
        } else if (one.do === "fail_before" || one.do === "fail_after") {
          stage.journal.mood = one.do;
        } else {
          stage.journal.mood = "commit";
          if (one.do === "drain") await stage.until(node.drain(1_000));
          node = await stage.started({ kind });
        }
      }
      stage.journal.mood = "commit";
      const texts = stage.texts(BOOK);
      assert.equal(new Set(texts).size, texts.length, "an id was done twice");
      for (const text of done) assert.ok(texts.includes(text), `acknowledged ${text} is not stored`);
      const seen = await stage.until(node.read(BOOK, STUDENT));
      assert.deepEqual(seen.kind === "read" && seen.state, { audience: "reader", lines: texts });
    }),
    { numRuns: 40 },
  );
});
