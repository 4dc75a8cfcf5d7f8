/** Students who leave the class in the midst of its lesson and come again. */
import assert from "node:assert/strict";
import { classroom } from "../../../src/domain/classroom/aggregate.ts";
import type { RosterEntry } from "../../../src/domain/classroom/roster.ts";
import { as, ENGINE_ORIGIN, entry, type LessonRun, RIGHT, started, WRONG } from "./lesson_run.ts";

function change(run: LessonRun, upserted: readonly RosterEntry[], removed: readonly string[]): void {
  run.done({ type: "roster_changed", upserted, removed }, ENGINE_ORIGIN);
}

function leave(run: LessonRun, userId: string): void {
  change(run, [], [userId]);
}

function comeAgain(run: LessonRun, userId: string): void {
  change(run, [entry(userId)], []);
}

function answerCode(run: LessonRun, userId: string): string {
  return run.refused(run.answerOf(RIGHT, run.nowMs), as(userId));
}

function closeAndReveal(run: LessonRun): void {
  run.done({ type: "close_question", inMs: 0, reason: null });
  run.pass(60_000);
  run.done({ type: "reveal", reason: null });
}

Deno.test("[J2] who was turned away stays so though they leave the class and join it again", () => {
  const run = started();
  run.done({ type: "turn_away", userId: "ada", reason: null });
  leave(run, "ada");
  comeAgain(run, "ada");
  assert.equal(run.refused({ type: "enter" }, as("ada")), "turned_away");
});

Deno.test("[J2] who leaves and comes again has their points and counts, also of what was revealed meanwhile", () => {
  const run = started();
  run.ask();
  run.answer("ada");
  closeAndReveal(run);
  run.ask();
  run.answer("ada");
  run.done({ type: "raise_hand", raised: true }, as("ada"));
  leave(run, "ada");
  const departed = classroom.view(run.state, "teacher", run.nowMs);
  assert.doesNotMatch(JSON.stringify(departed), /Name ada/, "they are in no view");
  closeAndReveal(run);
  comeAgain(run, "ada");
  const { answered, correct, points, admission, handSinceMs } = run.student("ada");
  assert.deepEqual([answered, correct, points, admission, handSinceMs], [2, 2, 2, "admitted", null]);
  assert.deepEqual(run.lesson.departed, {});
});

Deno.test("[J3] who was out of the class while a question was open, or taught it, has no answer of theirs counted", () => {
  const run = started();
  leave(run, "ada");
  run.ask("vote");
  run.answer("cat", WRONG);
  leave(run, "ben");
  comeAgain(run, "ada");
  comeAgain(run, "ben");
  change(run, [entry("dot", { part: "co_teacher" })], []);
  comeAgain(run, "dot");
  for (const userId of ["ada", "ben", "dot"]) assert.equal(answerCode(run, userId), "not_admitted");
  run.done({ type: "close_question", inMs: 0, reason: null });
  run.pass(3_000);
  assert.equal(run.question.step.kind, "down", "nobody waits for them");
  run.done({ type: "vote_again", limitMs: null, reason: null });
  assert.equal(answerCode(run, "ada"), "not_admitted", "the second vote asks the same");
  closeAndReveal(run);
  run.ask();
  for (const userId of ["ada", "ben", "cat", "dot"]) run.answer(userId);
});

Deno.test("[J3] one change that takes somebody out and in again tells as much as two", () => {
  const run = started();
  run.ask();
  change(run, [entry("ada"), entry("flo")], ["ada"]);
  assert.equal(answerCode(run, "ada"), "not_admitted");
  run.done({ type: "enter" }, as("flo"));
  run.answer("flo");
});

Deno.test("[S5] a lesson stored before those who left were remembered is read on", () => {
  const run = started();
  run.ask();
  const { departed: _none, ...stored } = JSON.parse(JSON.stringify(run.state));
  delete stored.question.closedTo;
  assert.deepEqual(classroom.upcastState(2, stored), run.state);
  run.done({ type: "close_question", inMs: 0, reason: null });
  const { extraMs: _beyond, ...closing } = Object(run.journal.at(-1)?.event);
  assert.deepEqual(classroom.upcastEvent(2, closing.type, closing), run.journal.at(-1)?.event);
});
