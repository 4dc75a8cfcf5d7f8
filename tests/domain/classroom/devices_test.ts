/** Learners on several devices, some silent, some gone: whose word is believed, who is waited for, who is here. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { attended } from "../../../src/domain/classroom/attendance.ts";
import { believedAnswerMs } from "../../../src/domain/classroom/deadlines.ts";
import type { ClientConnection } from "../../../src/domain/decision.ts";
import { GRACE_MS } from "../../../src/domain/classroom/limits.ts";
import { studentRow } from "../../../src/domain/classroom/teacher_view.ts";
import { type LessonRun, on, PLAN, RIGHT, started } from "./lesson_run.ts";

/** All but ada have answered; she presses 1 s after the question came. */
function pressed(run: LessonRun): number {
  run.ask();
  for (const userId of ["ben", "cat", "dot"]) run.answer(userId);
  run.pass(1_000);
  return run.nowMs;
}

function closeNow(run: LessonRun): void {
  run.done({ type: "close_question", inMs: 0, reason: null });
}

Deno.test("[J4] an answer is believed by the connection that brings it, whatever other devices there are", () => {
  const run = started();
  run.attend("ada", [1, 2]);
  const stampMs = pressed(run);
  run.attend("ada", [2]);
  run.pass(10_000);
  // The device that stayed is believed as far back as the way takes, the one that came back as far as the plan says.
  closeNow(run);
  run.pass(5_000);
  assert.equal(run.refused(run.answerOf(RIGHT, stampMs), on("ada", 2, run.question.openedAtMs)), "too_late");
  run.done(run.answerOf(RIGHT, stampMs), on("ada", 3, run.nowMs));
  assert.equal(run.question.answers.ada?.answeredAtMs, stampMs);
});

Deno.test("[J4] a new socket beside a dead half, and one socket heard again after a gap, bring what was kept", () => {
  for (const heardAgainOn of [1, 2]) {
    const run = started();
    const stampMs = pressed(run);
    run.pass(8_000);
    run.done(run.answerOf(RIGHT, stampMs), on("ada", heardAgainOn, run.nowMs));
    assert.equal(run.question.answers.ada?.answeredAtMs, stampMs);
  }
});

Deno.test("[J4] nobody is believed further back than the plan says, and without a connection no further than the way", () => {
  const run = started();
  const stampMs = pressed(run);
  run.pass(PLAN.offlineMsMax + 5_000);
  const believedMs = (connection: ClientConnection | null) =>
    believedAnswerMs(run.lesson, run.question, { answeredAtMs: stampMs, connection }, run.nowMs);
  assert.equal(believedMs({ id: "new", heardSinceMs: run.nowMs }), run.nowMs - PLAN.offlineMsMax);
  assert.equal(believedMs({ id: "old", heardSinceMs: stampMs }), run.nowMs - GRACE_MS);
  assert.equal(believedMs(null), run.nowMs - GRACE_MS);
});

Deno.test("[J5] who has fallen silent is waited for as one who was cut off, and a grace after they are heard again", () => {
  const run = started();
  const stampMs = pressed(run);
  closeNow(run);
  run.pass(GRACE_MS - 500);
  run.attend("ada", [1], [1]);
  run.pass(9_000);
  assert.equal(run.question.step.kind, "closing");
  run.attend("ada", [1]);
  run.pass(GRACE_MS - 1);
  run.answer("ada", RIGHT, stampMs);
  assert.equal(run.question.answers.ada?.answeredAtMs, stampMs);
  run.pass(1);
  assert.equal(run.question.step.kind, "down");
});

Deno.test("[J5] a device that fell silent or went keeps the class waiting though another of the learner's stayed", () => {
  for (const [left, silent] of [[[1, 2], [1]], [[2], []]] as const) {
    const run = started();
    run.attend("ada", [1, 2]);
    pressed(run);
    run.attend("ada", left, silent);
    closeNow(run);
    run.pass(PLAN.offlineMsMax - 1);
    assert.equal(run.question.step.kind, "closing");
    run.pass(1);
    assert.equal(run.question.step.kind, "down", "no longer than the plan says");
  }
});

Deno.test("[J5] a socket that takes a silent one's place makes up for it, also once the dead half is found", () => {
  const run = started();
  pressed(run);
  run.attend("ada", [1], [1]);
  run.attend("ada", [1, 2], [1]);
  closeNow(run);
  run.pass(GRACE_MS - 100);
  run.attend("ada", [2]);
  run.pass(100);
  assert.equal(run.question.step.kind, "down");
});

Deno.test("[J5] what was lost before the question was put holds no answer to it", () => {
  const run = started();
  run.attend("ada", [1, 2]);
  run.attend("ada", [2]);
  run.attend("ada", [2], [2]);
  run.attend("ada", [2]);
  run.pass(1_000);
  pressed(run);
  closeNow(run);
  run.pass(GRACE_MS);
  assert.equal(run.question.step.kind, "down");
});

Deno.test("[J5] one that comes makes up for the one lost first: what was lost since the question is missed", () => {
  const run = started();
  run.attend("ada", [1, 2]);
  run.attend("ada", [1]);
  run.pass(1_000);
  pressed(run);
  run.attend("ada", []);
  run.pass(1_000);
  run.attend("ada", [3]);
  closeNow(run);
  run.pass(PLAN.offlineMsMax - 1);
  assert.equal(run.question.step.kind, "closing");
  run.attend("ada", [1, 3]);
  assert.deepEqual(run.lesson.attendance.ada?.lost, []);
});

/** As teachers see it. */
function presenceOf(run: LessonRun, userId: string): string {
  const { state, devices } = Object(studentRow(run.lesson, run.student(userId)).presence);
  return `${state} ${devices}`;
}

Deno.test("[J18] a hidden tab is its device's: who has the lesson on another is here, and it goes with its connection", () => {
  const run = started();
  run.attend("ada", [1, 2]);
  const turn = (tab: "hidden" | "shown", device: number) =>
    run.done({ type: "attention", hidden: tab === "hidden", at: run.nowMs }, on("ada", device, 0));
  turn("hidden", 1);
  assert.equal(presenceOf(run, "ada"), "here 2");
  turn("hidden", 2);
  assert.equal(presenceOf(run, "ada"), "background 2");
  turn("shown", 1);
  assert.equal(presenceOf(run, "ada"), "here 2");
  run.attend("ada", [1]);
  assert.equal(presenceOf(run, "ada"), "here 1", "the hidden one has gone");
  turn("hidden", 1);
  run.attend("ada", [3]);
  assert.equal(presenceOf(run, "ada"), "here 1", "loaded again, the tab is shown until it says otherwise");
  run.attend("ada", []);
  assert.equal(presenceOf(run, "ada"), "gone 0");
});

Deno.test("[J5] devices that are heard and devices that are missed never become fewer together, and telling twice is once", () => {
  const device = fc.record({ id: fc.constantFrom("phone", "laptop"), isHeard: fc.boolean() });
  const telling = fc.uniqueArray(device, { selector: ({ id }) => id });
  fc.assert(fc.property(fc.array(telling, { maxLength: 5 }), (tellings) => {
    let attendance = attended(null, [], 0);
    let most = 0;
    for (const [i, told] of tellings.entries()) {
      attendance = attended(attendance, told, i + 1);
      const known = told.filter(({ isHeard }) => isHeard).length + attendance.lost.length;
      assert.ok(known >= most);
      most = known;
      assert.deepEqual(attended(attendance, told, i + 2), attendance);
    }
  }));
});

Deno.test("[J5] a lesson that was read anew misses a device that is silent, though another is heard", () => {
  const told = [{ id: "phone", isHeard: true }, { id: "laptop", isHeard: false }];
  assert.deepEqual(attended(null, told, 5).lost, [{ id: "laptop", atMs: 5 }]);
});
