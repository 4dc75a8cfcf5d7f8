/** Closes that a teacher has announced and then moves, and time that a pause gives back. */
import assert from "node:assert/strict";
import { classroom } from "../../../src/domain/classroom/aggregate.ts";
import { deadlineOf } from "../../../src/domain/classroom/deadlines.ts";
import { GRACE_MS } from "../../../src/domain/classroom/limits.ts";
import { as, RIGHT, started } from "./lesson_run.ts";

Deno.test("[J6] an announced close is put off, for all or for one, brought forward and taken at once", () => {
  const run = started();
  run.ask("question", 30_000);
  const before = deadlineOf(run.question, "ada") ?? 0;
  run.done({ type: "close_question", inMs: 10_000, reason: null });
  run.done({ type: "extend_time", userId: null, byMs: 30_000, reason: null });
  assert.equal(deadlineOf(run.question, "ada"), before + 30_000);
  run.pass(40_000 - 1);
  run.answer("ada");
  run.done({ type: "extend_time", userId: "ben", byMs: 20_000, reason: "a broken key" });
  run.pass(10_000);
  assert.equal(run.refused(run.answerOf(RIGHT, run.nowMs), as("cat")), "too_late");
  assert.equal(run.refused({ type: "end_wait", reason: null }), "too_soon");
  run.answer("ben");
  run.done({ type: "end_wait", reason: null });
  assert.equal(run.question.step.kind, "down");
  run.ask();
  run.done({ type: "close_question", inMs: 60_000, reason: null });
  run.done({ type: "close_question", inMs: 0, reason: null });
  run.pass(GRACE_MS);
  assert.equal(run.question.step.kind, "down");
});

Deno.test("[J6] pens wait for who was given more than the others; each is told their own close, a reason theirs alone", () => {
  const run = started();
  run.ask();
  run.done({ type: "close_question", inMs: 10_000, reason: null });
  run.done({ type: "extend_time", userId: "ben", byMs: 5_000, reason: "a broken key" });
  const told = run.journal.at(-1)?.event;
  assert.ok(told !== undefined);
  const cutoffMsOf = (audience: string) => Object(classroom.project(told, audience)?.data).cutoff_ms - run.nowMs;
  assert.deepEqual(["teacher", "student:ada", "student:ben"].map(cutoffMsOf), [10_000, 10_000, 15_000]);
  assert.doesNotMatch(
    JSON.stringify(run.journal.map(({ event }) => classroom.project(event, "student:ada"))),
    /broken/,
  );
  for (const userId of ["ada", "cat", "dot"]) run.answer(userId);
  run.pass(15_000 + GRACE_MS - 1);
  assert.equal(run.question.step.kind, "closing");
  run.pass(1);
  assert.equal(run.question.step.kind, "down");
  assert.equal(run.refused({ type: "extend_time", userId: null, byMs: 5_000, reason: null }), "wrong_step");
});

Deno.test("[J6] a question that comes during a pause loses none of its time by it, and gains none", () => {
  const run = started();
  run.done({ type: "next", itemId: "n1", purpose: "question", limitMs: 10_000, reason: null });
  run.done({ type: "pause", reason: null });
  run.pass(60_000);
  run.bring();
  run.pass(1_000);
  run.done({ type: "resume", reason: null });
  assert.equal(deadlineOf(run.question, "ada"), run.nowMs + 10_000);
});
