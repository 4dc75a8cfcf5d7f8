/** A session whose open item a lesson of its learner has come to ask. */
import assert from "node:assert/strict";
import type { AskedItem } from "../../../src/domain/curriculum/asked_item.ts";
import type { Origin } from "../../../src/domain/decision.ts";
import { begun, LEARNER } from "./session_run.ts";

function ada(asked: readonly AskedItem[]): Origin {
  return { kind: "client", principal: { userId: "ada", role: "student" }, asked };
}

Deno.test("[J19] [E8] while a lesson asks the open item, answer, hint and tutor are refused, a wrong shape too; then they go on", () => {
  const run = begun();
  run.serve();
  const { number: item, item: { itemId, prompt } } = run.opened();
  const asking = ada([{ courseId: "small", itemId, prompt }]);
  const response = { kind: "number", value: 1, unit: null } as const;
  const events = run.journal.length;
  assert.equal(run.refused({ type: "answer", item, response }, asking), "item_asked");
  assert.equal(run.refused({ type: "answer", item, response: { kind: "text", text: "?" } }, asking), "item_asked");
  assert.equal(run.refused({ type: "hint", item }, asking), "item_asked");
  assert.equal(run.refused({ type: "tutor_ask", item, words: "is it 1?", help: "same" }, asking), "item_asked");
  assert.equal(run.journal.length, events, "nothing is recorded");
  const elsewhere = [{ courseId: "other", itemId, prompt }, {
    courseId: "small",
    itemId,
    prompt: "with other numbers",
  }];
  assert.equal(run.send({ type: "hint", item }, ada(elsewhere)).kind, "accepted");
  assert.equal(run.send({ type: "answer", item, response }, LEARNER).kind, "accepted");
});

Deno.test("[J19] passing over what a lesson asks costs nothing, and the next item is chosen at once", () => {
  const run = begun();
  run.serve();
  const { number: item, item: { itemId, prompt } } = run.opened();
  run.send({ type: "skip", item }, ada([{ courseId: "small", itemId, prompt }]));
  assert.deepEqual(run.journal.at(-1)?.event, { type: "skipped", item, cause: "asked_in_lesson" });
  assert.ok(run.state.status === "active");
  assert.deepEqual([run.state.tally.skipped, run.state.history.length, run.state.step.kind], [0, 0, "choosing"]);
});
