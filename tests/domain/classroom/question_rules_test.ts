/** Questions to a class: who is in time, when pens are down, and what counts. */
import assert from "node:assert/strict";
import { GRACE_MS } from "../../../src/domain/classroom/limits.ts";
import { barrierDueMs, closeDueMs, deadlineOf } from "../../../src/domain/classroom/deadlines.ts";
import { as, COTY, entry, EVE, RIGHT, ROSTER, started, WRONG } from "./lesson_run.ts";

Deno.test("[J4] an answer given in time counts, one given after the deadline does not", () => {
  const run = started();
  const number = run.ask();
  run.pass(29_000);
  run.answer("ada");
  run.pass(2_000);
  // Given in time and a second on its way.
  run.answer("ben", RIGHT, run.nowMs - 1_500);
  assert.equal(run.refused(run.answerOf(RIGHT, run.nowMs), as("cat")), "too_late");
  run.pass(GRACE_MS);
  assert.equal(run.question.step.kind, "down");
  assert.deepEqual(Object.keys(run.question.answers), ["ada", "ben"]);
  assert.equal(
    run.refused({ type: "answer", question: number, round: null, response: RIGHT, answeredAtMs: 0 }, as("cat")),
    "pens_down",
  );
  assert.deepEqual(run.types().slice(-5), [
    "question_opened",
    "answer_counted",
    "question_closing",
    "answer_counted",
    "pens_down",
  ]);
});

Deno.test("[J4] a stamp of a connected learner is believed no further back than the grace", () => {
  const run = started();
  run.ask();
  run.pass(29_000);
  const stampMs = run.nowMs - 10_000;
  run.answer("ada", RIGHT, stampMs);
  assert.equal(run.question.answers.ada?.answeredAtMs, run.nowMs - GRACE_MS);
  run.answer("ben", RIGHT, run.nowMs + 60_000);
  assert.equal(run.question.answers.ben?.answeredAtMs, run.nowMs, "never later than it came");
  run.answer("cat", RIGHT, Number.NaN);
  assert.equal(run.question.answers.cat?.answeredAtMs, run.nowMs);
});

Deno.test("[J4] a stamp from before the question makes no learner one who was cut off", () => {
  const roster = [...ROSTER.slice(0, 5), entry("dot", { timeMultiplier: 4 })];
  for (const stampMs of [0, -1e300, -5]) {
    const limited = started({}, roster);
    limited.ask("question", 10_000);
    limited.pass(20_000);
    assert.equal(limited.refused(limited.answerOf(RIGHT, stampMs), as("ada")), "too_late", "dot alone has time");

    const paused = started();
    paused.ask();
    paused.pass(5_000);
    paused.done({ type: "pause", reason: null });
    paused.pass(15_000);
    assert.equal(paused.refused(paused.answerOf(RIGHT, stampMs), as("ada")), "lesson_paused");

    const closed = started();
    closed.ask();
    closed.pass(5_000);
    closed.come("cat", 0);
    closed.done({ type: "close_question", inMs: 0, reason: null });
    closed.pass(15_000);
    assert.equal(closed.refused(closed.answerOf(RIGHT, stampMs), as("ada")), "too_late", "cat alone is waited for");
  }
});

Deno.test("[J5] pens go down a grace after the close, and wait longer for who was cut off", () => {
  const run = started();
  run.ask();
  run.pass(5_000);
  for (const userId of ["ada", "ben", "cat"]) run.answer(userId);
  run.come("dot", 0);
  const stampMs = run.nowMs + 2_000;
  run.pass(4_000);
  run.done({ type: "close_question", inMs: 0, reason: "time is up" });
  run.pass(15_000);
  assert.equal(run.question.step.kind, "closing", "dot may have an answer at hand");
  run.come("dot", 1);
  run.answer("dot", RIGHT, stampMs);
  run.pass(GRACE_MS);
  assert.equal(run.question.step.kind, "down");
  assert.equal(run.question.answers.dot?.answeredAtMs, stampMs);
});

Deno.test("[J5] whoever was gone before the question does not keep the class waiting, and the wait is bounded", () => {
  const run = started();
  run.come("dot", 0);
  run.pass(1_000);
  run.ask();
  run.pass(1_000);
  for (const userId of ["ada", "ben"]) run.answer(userId);
  run.come("cat", 0);
  run.done({ type: "close_question", inMs: 1_000, reason: null });
  run.pass(1_000 + 19_999);
  assert.equal(run.question.step.kind, "closing");
  run.pass(1);
  assert.equal(run.question.step.kind, "down", "cat is waited for as long as the plan says");

  const again = started();
  again.come("dot", 0);
  again.pass(1_000);
  again.ask();
  for (const userId of ["ada", "ben", "cat"]) again.answer(userId);
  again.done({ type: "close_question", inMs: 0, reason: null });
  again.pass(GRACE_MS);
  assert.equal(again.question.step.kind, "down");
});

Deno.test("[J5] after a restart all who had come are waited for, until they are back", () => {
  const run = started();
  run.ask();
  run.pass(1_000);
  for (const userId of ["ada", "ben", "cat"]) run.answer(userId);
  const stampMs = run.nowMs;
  run.restart();
  run.pass(1_000);
  run.done({ type: "close_question", inMs: 0, reason: null });
  run.pass(10_000);
  assert.equal(run.question.step.kind, "closing");
  run.come("dot");
  run.answer("dot", RIGHT, stampMs);
  assert.equal(run.question.answers.dot?.answeredAtMs, stampMs);
  run.pass(0);
  assert.equal(run.question.step.kind, "down", "all have answered");
});

Deno.test("[J5] a teacher ends the wait, but not before the class's time is up", () => {
  const run = started();
  run.ask();
  run.done({ type: "close_question", inMs: 5_000, reason: null });
  assert.equal(run.refused({ type: "end_wait", reason: null }), "too_soon");
  run.pass(5_000);
  run.done({ type: "end_wait", reason: null });
  assert.equal(run.question.step.kind, "down");
});

Deno.test("[J6] each learner has their own time: multiplied, extended, or none at all", () => {
  const roster = [
    ...ROSTER.slice(0, 3),
    entry("ben", { timeMultiplier: 2 }),
    entry("cat", { timeMultiplier: null }),
    entry("dot"),
  ];
  const run = started({}, roster);
  run.ask();
  const { openedAtMs } = run.question;
  run.done({ type: "extend_time", userId: "dot", byMs: 5_000, reason: null });
  run.done({ type: "extend_time", userId: null, byMs: 10_000, reason: "hard one" });
  const deadlines = ["ada", "ben", "cat", "dot"].map((userId) => deadlineOf(run.question, userId));
  assert.deepEqual(deadlines, [openedAtMs + 40_000, openedAtMs + 80_000, null, openedAtMs + 45_000]);
  assert.equal(closeDueMs(run.lesson), null, "cat has no limit");
  run.pass(41_000);
  assert.equal(run.refused(run.answerOf(RIGHT, run.nowMs), as("ada")), "too_late");
  run.answer("ben");
  run.pass(100_000);
  run.answer("cat");
  assert.equal(run.question.step.kind, "open");
  run.pass(0);
  assert.equal(run.question.step.kind, "closing", "the last without a limit has answered, all others' time is up");
  assert.equal(run.refused({ type: "extend_time", userId: "cat", byMs: 1_000, reason: null }), "wrong_step");
});

Deno.test("[J6] a pause stops everybody's time", () => {
  const run = started();
  run.ask();
  const before = deadlineOf(run.question, "ada") ?? 0;
  run.pass(10_000);
  run.done({ type: "pause", reason: "fire drill" });
  run.pass(1_000);
  assert.equal(run.refused(run.answerOf(RIGHT, run.nowMs), as("ada")), "lesson_paused");
  run.answer("ben", RIGHT, run.nowMs - 1_500);
  run.pass(600_000);
  assert.equal(run.question.step.kind, "open");
  run.done({ type: "resume", reason: null });
  assert.equal(deadlineOf(run.question, "ada"), before + 601_000);
  run.answer("ada");
});

Deno.test("[J6] a pause holds an announced close: what was left of it is left when the lesson goes on", () => {
  const run = started();
  run.ask("question", 60_000);
  const before = deadlineOf(run.question, "ada") ?? 0;
  run.done({ type: "close_question", inMs: 30_000, reason: null });
  run.pass(10_000);
  run.done({ type: "pause", reason: "fire drill" });
  run.pass(40_000);
  assert.equal(run.question.step.kind, "closing");
  assert.equal(run.refused(run.answerOf(RIGHT, run.nowMs), as("ada")), "lesson_paused");
  assert.equal(run.refused({ type: "end_wait", reason: null }), "too_soon");
  run.done({ type: "resume", reason: null });
  assert.equal(deadlineOf(run.question, "ada"), before + 40_000);
  run.pass(20_000);
  run.answer("ada");
  run.pass(GRACE_MS - 1);
  assert.equal(run.refused(run.answerOf(RIGHT, run.nowMs), as("ben")), "too_late");
  assert.equal(run.question.step.kind, "closing");
  run.pass(1);
  assert.equal(run.question.step.kind, "down");
});

Deno.test("[J6] a close that has come is not taken back by a pause", () => {
  const run = started();
  run.ask();
  run.done({ type: "close_question", inMs: 0, reason: null });
  run.done({ type: "pause", reason: null });
  run.pass(GRACE_MS);
  assert.equal(run.question.step.kind, "down");
});

Deno.test("[J7] the first answer stands; where answers may change, the latest given in time does", () => {
  const run = started();
  run.ask();
  run.answer("ada", WRONG);
  assert.equal(run.refused(run.answerOf(RIGHT, run.nowMs), as("ada")), "already_answered");

  const changing = started({ answersMayChange: true });
  changing.ask();
  changing.pass(1_000);
  changing.answer("ada", WRONG);
  changing.pass(1_000);
  changing.answer("ada", RIGHT);
  assert.equal(changing.refused(changing.answerOf(WRONG, changing.nowMs - 1_500), as("ada")), "already_answered");
  assert.ok(changing.question.answers.ada?.correct);
});

Deno.test("[J7] a malformed answer counts nothing and may be given again", () => {
  const run = started();
  run.ask();
  assert.equal(run.refused(run.answerOf({ kind: "text", text: "?" }, run.nowMs), as("ada")), "malformed_answer");
  run.answer("ada");
});

Deno.test("[J8] a reopened question takes answers from who has none, behind a barrier of its own", () => {
  const run = started();
  run.ask();
  run.answer("ada", WRONG);
  run.done({ type: "close_question", inMs: 0, reason: null });
  run.pass(GRACE_MS);
  run.done({ type: "reopen_question", limitMs: 20_000, reason: "ben was away" });
  assert.equal(run.refused(run.answerOf(RIGHT, run.nowMs), as("ada")), "already_answered");
  run.answer("ben");
  run.pass(20_000 + GRACE_MS);
  assert.equal(run.types().filter((type) => type === "pens_down").length, 2);
  run.done({ type: "reveal", reason: null });
  assert.equal(run.refused({ type: "reopen_question", limitMs: null, reason: null }), "wrong_step");
  assert.deepEqual([run.student("ada").points, run.student("ben").points], [0, 1]);
});

Deno.test("[J1] only the staff of the class steer the lesson; a co-teacher does all that its teacher does", () => {
  const run = started();
  for (const origin of [as("ada"), EVE]) {
    assert.equal(run.refused({ type: "pause", reason: null }, origin), "forbidden");
  }
  run.done({ type: "next", itemId: null, purpose: "question", limitMs: null, reason: "warm up" }, COTY);
  run.bring("n1");
  run.done({ type: "close_question", inMs: 0, reason: null }, COTY);
  assert.equal(
    run.refused({ type: "answer", question: run.question.number, round: null, response: RIGHT, answeredAtMs: 0 }, EVE),
    "forbidden",
  );
  assert.ok(barrierDueMs(run.lesson));
});

Deno.test("[J11] a first vote that comes during the second is not taken for it, and keeps nobody from voting again", () => {
  const run = started();
  const question = run.ask("vote");
  run.answer("ben", WRONG);
  run.done({ type: "close_question", inMs: 0, reason: null });
  run.pass(60_000);
  run.done({ type: "vote_again", limitMs: null, reason: null });
  const vote = (round: number | null, response = RIGHT) =>
    ({ type: "answer", question, round, response, answeredAtMs: run.nowMs }) as const;
  assert.equal(run.refused(vote(1), as("ada")), "pens_down");
  run.done(vote(2, WRONG), as("ada"));
  for (const first of [1, null]) assert.equal(run.refused(vote(first), as("ben")), "pens_down");
  run.done(vote(2), as("ben"));
  const { firstVotes, answers } = run.question;
  assert.deepEqual([Object.keys(firstVotes ?? {}), Object.keys(answers)], [["ben"], ["ada", "ben"]]);
  assert.deepEqual([answers.ada?.correct, answers.ben?.correct], [false, true]);
});
