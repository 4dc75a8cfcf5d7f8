/** What a lesson's row says that it asks now. */
import assert from "node:assert/strict";
import { classroom } from "../../../src/domain/classroom/aggregate.ts";
import { GRACE_MS } from "../../../src/domain/classroom/limits.ts";
import { started } from "./lesson_run.ts";

Deno.test("[J19] a lesson's row names its question from the opening to the reveal, through pause and barrier, and for no longer", () => {
  const run = started();
  const asks = () => Object(classroom.listing(run.lesson)?.body).asks;
  assert.equal(asks(), null);
  run.ask("vote");
  const { itemId, prompt } = run.question.item;
  const named = { item_id: itemId, prompt };
  assert.deepEqual(asks(), named);
  run.done({ type: "pause", reason: null });
  assert.deepEqual(asks(), named, "paused");
  run.done({ type: "resume", reason: null });
  run.done({ type: "close_question", inMs: 0, reason: null });
  run.pass(GRACE_MS);
  assert.equal(run.question.step.kind, "down");
  assert.deepEqual(asks(), named, "between two votes");
  run.done({ type: "vote_again", limitMs: null, reason: null });
  assert.deepEqual(asks(), named);
  run.done({ type: "close_question", inMs: 0, reason: null });
  run.pass(GRACE_MS);
  run.done({ type: "reveal", reason: null });
  assert.equal(asks(), null, "revealed");
  run.ask();
  run.done({ type: "close_question", inMs: 0, reason: null });
  run.pass(GRACE_MS);
  assert.notEqual(asks(), null, "down");
  run.done({ type: "close_lesson", reason: null });
  assert.equal(asks(), null, "closed");
});
