/** Messages between actors through the registry. */
import assert from "node:assert/strict";
import { notebookAddress } from "./notebook.ts";
import { Stage } from "./stage.ts";

const [A, B, C] = [notebookAddress("a"), notebookAddress("b"), notebookAddress("c")];
const send = (text: string, ...to: typeof A[]) => ({ type: "send", to, text, explode: false }) as const;

Deno.test("[X2 X3] messages arrive once and in order, and are settled", async () => {
  const stage = new Stage();
  const node = await stage.started();
  for (let i = 0; i < 10; i++) await stage.tell(node, A, send(`${i}`, B, C, B));
  await stage.pass(1_000);
  const twice = Array.from({ length: 10 }, (_, i) => [`${i}`, `${i}`]).flat();
  assert.deepEqual(stage.texts(B), twice);
  assert.deepEqual(stage.texts(C), Array.from({ length: 10 }, (_, i) => `${i}`));
  assert.deepEqual(stage.memory.tables.pending("east", 10), []);
  assert.equal(node.stats().messagesInMemory, 0);
});

Deno.test("[S2] a message leaves only once its event has committed", async () => {
  const stage = new Stage();
  const node = await stage.started();
  await stage.tell(node, A, { type: "write", text: "first" });
  stage.journal.mood = "hold";
  void stage.send(node, A, send("x", B));
  await stage.pass(1_000);
  assert.equal(stage.memory.tables.epochOf(B), 0);
  stage.journal.release();
  await stage.pass(1_000);
  assert.deepEqual(stage.texts(B), ["x"]);
});

Deno.test("[X2] what a dead node did not deliver, the next one does, before anything newer", async () => {
  const stage = new Stage();
  const east = await stage.started({ node: "east" });
  await stage.tell(east, A, { type: "write", text: "first" });
  stage.journal.mood = "fail_after";
  void stage.send(east, A, send("old", B));
  await stage.pass(0);
  stage.journal.mood = "commit";
  stage.memory.tables.endLease("east");
  const west = await stage.started({ node: "west" });
  await stage.tell(west, A, send("new", B));
  await stage.pass(20_000);
  assert.deepEqual(stage.texts(B), ["old", "new"]);
});

Deno.test("[X2] a message delivered again is applied once, also after its receiver restarted from a snapshot", async () => {
  const stage = new Stage();
  const node = await stage.started();
  await stage.tell(node, A, send("once", B));
  await stage.pass(1_000);
  const again = { commandId: "out:notebook/a:1:0", origin: { kind: "actor", sender: A, seq: 1 } } as const;
  const command = { type: "write", text: "once" } as const;
  const repeated = await stage.until(node.tell(B, command, again));
  assert.equal(repeated.kind === "done" && repeated.repeated ? "repeated" : "applied", "repeated");
  await stage.until(node.drain(1_000));
  const next = await stage.started();
  await stage.until(next.tell(B, command, again));
  assert.deepEqual(stage.texts(B), ["once"]);
});

Deno.test("[X2 L5] a message that its receiver always fails on is set aside, and the next one arrives", async () => {
  const stage = new Stage();
  const node = await stage.started();
  await stage.tell(node, A, { type: "send", to: [B], text: "poison", explode: true });
  await stage.tell(node, A, send("fine", B));
  await stage.pass(30_000);
  assert.deepEqual(stage.texts(B), ["fine"]);
  assert.deepEqual(stage.memory.tables.list(10).map(({ actor, commandId }) => `${actor} ${commandId}`), [
    "notebook/b out:notebook/a:1:0",
  ]);
  assert.deepEqual(stage.memory.tables.pending("east", 10), []);
});

Deno.test("[X2 B3] more messages than memory holds all arrive, in order", async () => {
  const stage = new Stage();
  const node = await stage.started({ runtime: { messagesInMemoryMax: 4, outboxPageMessages: 4 } });
  const books = Array.from({ length: 6 }, (_, i) => notebookAddress(`r${i}`));
  for (let i = 0; i < 12; i++) {
    await stage.tell(node, A, send(`${i}`, ...books));
    assert.ok(node.stats().messagesInMemory <= 4);
  }
  await stage.pass(120_000);
  for (const book of books) assert.deepEqual(stage.texts(book), Array.from({ length: 12 }, (_, i) => `${i}`));
});
