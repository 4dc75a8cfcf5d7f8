/** A lesson's life: opening, the lobby, pauses, its end, and what its people are told. */
import assert from "node:assert/strict";
import { classroom } from "../../../src/domain/classroom/aggregate.ts";
import { learnerAddress } from "../../../src/domain/learner/messages.ts";
import { sessionAddress } from "../../../src/domain/session/messages.ts";
import type { Origin } from "../../../src/domain/decision.ts";
import {
  as,
  COTY,
  ENGINE_ORIGIN,
  entry,
  EVE,
  LessonRun,
  OTHER_WRONG,
  PLAN,
  RIGHT,
  ROOMS,
  ROSTER,
  started,
  TESS,
  WRONG,
} from "./lesson_run.ts";

function audience(run: LessonRun, origin: Origin): string | null {
  return origin.kind === "client" ? classroom.audienceOf(run.state, origin.principal) : null;
}

/** Whose watchers the latest event has asked for anew. */
function regrouped(run: LessonRun): readonly string[] {
  const event = run.journal.at(-1)?.event;
  return event === undefined ? [] : classroom.regroups?.(event) ?? [];
}

function progress(userId: string, change: object = {}) {
  return {
    sessionId: "s1",
    learnerId: userId,
    status: "active",
    item: { itemId: "n1", servedAtMs: 0 },
    progress: 0.2,
    answered: 1,
    correct: 0,
    behaviour: [],
    suggestion: null,
    answer: null,
    ...change,
  } as const;
}

const SESSION: Origin = { kind: "actor", sender: sessionAddress("s1"), seq: 1 };

Deno.test("[J1] a lesson is opened once, by somebody of its staff, with a plan that can be", () => {
  const run = new LessonRun();
  const open = { type: "open_lesson", plan: PLAN, roster: ROSTER } as const;
  assert.equal(run.refused(open, as("ada")), "forbidden");
  assert.equal(run.refused(open, EVE), "forbidden");
  assert.equal(run.refused({ ...open, plan: { ...PLAN, offlineMsMax: 1e9 } }), "bad_plan");
  run.done(open, COTY);
  assert.equal(run.refused(open), "already_opened");
  assert.equal(run.refused({ type: "roster_changed", upserted: [], removed: ["ada"] }), "forbidden");
});

Deno.test("[J2] in the lobby one waits, is let in or turned away, and sees nothing of the lesson until then", () => {
  const run = new LessonRun();
  run.done({ type: "open_lesson", plan: { ...PLAN, admission: "lobby" }, roster: ROSTER });
  run.done({ type: "start", reason: null });
  for (const userId of ["ada", "ben", "cat"]) run.done({ type: "enter" }, as(userId));
  assert.equal(audience(run, as("ada")), "lobby:ada");
  run.done({ type: "turn_away", userId: "cat", reason: "not your hour" });
  run.done({ type: "admit", userId: "ada", reason: null });
  assert.equal(audience(run, as("ada")), "student:ada");
  assert.deepEqual(regrouped(run), ["student:ada", "lobby:ada"]);
  assert.equal(run.refused({ type: "enter" }, as("cat")), "turned_away");
  run.ask();
  assert.equal(run.refused(run.answerOf(RIGHT, run.nowMs), as("ben")), "not_admitted");
  const outside = run.journal.flatMap(({ event }) => classroom.project(event, "lobby:ben") ?? []);
  assert.deepEqual([...new Set(outside.map(({ type }) => type))], ["lesson_status"]);
  run.done({ type: "admit", userId: null, reason: null }, COTY);
  run.answer("ben");
  assert.equal(audience(run, as("cat")), "lobby:cat");
});

Deno.test("[J2] who leaves the class leaves the lesson; who joins it comes in", () => {
  const run = started();
  run.done(
    { type: "roster_changed", upserted: [entry("flo", { timeMultiplier: 2 })], removed: ["ada"] },
    ENGINE_ORIGIN,
  );
  assert.equal(audience(run, as("ada")), null);
  assert.deepEqual(regrouped(run), ["student:ada", "lobby:ada"]);
  assert.equal(audience(run, as("flo")), "student:flo");
  assert.equal(audience(run, EVE), null);
  run.done({ type: "roster_changed", upserted: [entry("ben", { part: "co_teacher" })], removed: [] }, ENGINE_ORIGIN);
  assert.equal(audience(run, as("ben")), "teacher");
  run.done({ type: "roster_changed", upserted: [], removed: ["coty"] }, ENGINE_ORIGIN);
  assert.equal(audience(run, as("coty")), null);
  assert.ok(regrouped(run).includes("teacher"), "who has left the staff sees nothing more");
});

Deno.test("[J1] a lesson is paused, closed and reopened within its limits; an open question keeps it from closing", () => {
  const run = started();
  run.ask();
  assert.equal(run.refused({ type: "close_lesson", reason: null }), "question_open");
  assert.equal(
    run.refused({ type: "next", itemId: null, purpose: "question", limitMs: null, reason: null }),
    "question_open",
  );
  run.answer("ada", WRONG);
  run.done({ type: "close_question", inMs: 0, reason: null });
  run.pass(60_000);
  run.done({ type: "close_lesson", reason: "the bell" });
  assert.deepEqual(run.types().slice(-2), ["question_left", "lesson_closed"]);
  assert.equal(run.student("ada").answered, 1, "a question that was left counts");
  assert.equal(run.refused({ type: "start", reason: null }), "already_started");
  run.done({ type: "reopen_lesson", reason: null });
  run.done({ type: "close_lesson", reason: null });
  run.pass(25 * 3_600_000);
  assert.equal(run.refused({ type: "reopen_lesson", reason: null }), "reopen_limit");
});

Deno.test("[J1] a lesson that its staff leave alone for half a day is closed, its open question left behind a barrier", () => {
  const run = started({ questionLimitMs: null });
  run.ask();
  run.answer("ada");
  run.pass(13 * 3_600_000);
  assert.deepEqual(run.types().slice(-3), ["pens_down", "question_left", "lesson_closed"]);
  assert.equal(run.timers.size, 0);
});

Deno.test("[J9] what answers were worth is told once it is revealed, to the class and to each learner's record", () => {
  const run = started();
  const number = run.ask();
  run.answer("ada");
  run.answer("ben", WRONG);
  run.done({ type: "close_question", inMs: 0, reason: null });
  run.pass(60_000);
  assert.deepEqual([run.student("ada").points, run.messages.length], [0, 0]);
  run.done({ type: "reveal", reason: null });
  const { basisSeq, userIds } = run.effect("sight_answers");
  assert.deepEqual(userIds, ["ada", "ben"]);
  run.done({ type: "answers_sighted", question: number, sightings: {} }, { kind: "effect", basisSeq });
  assert.deepEqual(run.messages.map(({ to }) => to), [learnerAddress("ada"), learnerAddress("ben")]);
  const told = run.messages.map(({ command }) => JSON.stringify(command));
  assert.match(told[0] ?? "", /"correct":true.*"responseMs":null/);
  assert.equal(
    run.refused({ type: "answers_sighted", question: number, sightings: {} }, { kind: "effect", basisSeq }),
    "late_result",
  );
  assert.deepEqual(classroom.pendingEffects(run.state), []);
});

Deno.test("[J10] standings hold only whom class and learner let stand there", () => {
  const roster = ROSTER.map((one) => one.userId === "ben" ? { ...one, onLeaderboards: false } : one);
  for (const [leaderboard, expected] of [[true, ["ada", "cat"]], [false, []]] as const) {
    const run = started({ leaderboard }, roster);
    run.ask();
    for (const userId of ["ada", "ben"]) run.answer(userId);
    run.answer("cat", WRONG);
    run.done({ type: "close_question", inMs: 0, reason: null });
    run.pass(60_000);
    run.done({ type: "reveal", reason: null });
    const { step } = run.question;
    const standings = step.kind === "revealed" ? step.reveal.standings : [];
    assert.deepEqual(standings.map(({ userId }) => userId), expected);
  }
});

Deno.test("[J11] a vote: those who differ talk, vote again, and the gain among both is told", () => {
  const run = started();
  const number = run.ask("vote");
  run.answer("ada");
  run.answer("ben", WRONG);
  run.answer("cat", WRONG);
  run.answer("dot", OTHER_WRONG);
  run.done({ type: "close_question", inMs: 0, reason: null });
  run.pass(60_000);
  assert.equal(run.refused({ ...ROOMS, size: 9 }), "bad_size");
  run.done(ROOMS);
  const { rooms, question } = run.breakouts;
  assert.equal(question, number);
  for (const { members, roomId } of rooms) {
    assert.equal(members.length, 2);
    assert.match(roomId, new RegExp(`^l1\\.${run.seq}\\.\\d$`));
    assert.ok(!(members.includes("ben") && members.includes("cat")), "ben and cat said the same");
  }
  run.done({ type: "recall_rooms", inMs: 0, reason: null });
  run.done({ type: "vote_again", limitMs: null, reason: null });
  for (const userId of ["ada", "ben", "cat"]) run.answer(userId);
  run.done({ type: "close_question", inMs: 0, reason: null });
  run.pass(60_000);
  assert.equal(run.refused({ type: "vote_again", limitMs: null, reason: null }), "voted_twice");
  run.done({ type: "reveal", reason: null });
  const { step } = run.question;
  assert.ok(step.kind === "revealed");
  assert.deepEqual(step.reveal.gain, { voters: 3, before: 0.3333, after: 1, normalised: 1 });
  const gains = Object.fromEntries(step.reveal.roomGains.map(({ number, gain }) => [number, gain]));
  for (const { number, members } of rooms) {
    const known = members.filter((userId) => userId !== "dot").length;
    assert.equal(gains[number]?.voters, known, "dot did not vote again");
  }
  assert.deepEqual(["ada", "ben", "dot"].map((userId) => run.student(userId).points), [1, 0, 0], "first votes count");
});

Deno.test("[J3] a spotlight shows a revealed answer, without its author unless the teacher says so", () => {
  const run = started();
  run.ask();
  run.answer("ada", WRONG);
  const shine = { type: "spotlight", userId: "ada", named: false, reason: null } as const;
  run.done({ type: "close_question", inMs: 0, reason: null });
  run.pass(60_000);
  assert.equal(run.refused(shine), "wrong_step");
  run.done({ type: "reveal", reason: null });
  run.done(shine);
  run.done({ ...shine, named: true });
  const [anonymous, named] = run.journal.slice(-2).map(({ event }) => classroom.project(event, "student:ben"));
  assert.doesNotMatch(JSON.stringify(anonymous), /ada/);
  assert.match(JSON.stringify(named), /ada/);
});

Deno.test("[J1] a message goes to one or to all, with an unreadable reason or text it is refused", () => {
  const run = started();
  const send = { type: "send_message", userId: "ada", text: "Well tried", reason: null } as const;
  assert.equal(run.refused({ ...send, text: "\n" }), "malformed_message");
  assert.equal(run.refused({ ...send, reason: "\u202Ereason" }), "malformed_reason");
  assert.equal(run.refused({ ...send, userId: "eve" }), "unknown_student");
  run.done(send);
  const told = run.journal.at(-1)?.event;
  assert.ok(told);
  assert.equal(classroom.project(told, "student:ben"), null);
  assert.deepEqual(classroom.project(told, "student:ada")?.data, { message: run.seq, to: "you", text: "Well tried" });
});

Deno.test("[J12] a session's standing reaches its lesson; an override goes to the session, a pause to all of them", () => {
  const run = started();
  const override = { type: "override_item", userId: "ada", itemId: "t1", reason: "try this" } as const;
  assert.equal(run.refused(override), "no_session");
  assert.equal(run.refused({ type: "student_progress", progress: progress("ada") }, as("ada")), "forbidden");
  run.done({ type: "student_progress", progress: progress("ada") }, SESSION);
  run.done(override);
  assert.deepEqual(run.messages.at(-1), {
    to: sessionAddress("s1"),
    command: { type: "lesson_override", itemId: "t1", by: "tess", reason: "try this" },
  });
  run.done({ type: "pause", reason: null });
  assert.deepEqual(run.messages.at(-1), { to: sessionAddress("s1"), command: { type: "pause" } });
});

Deno.test("[J12] who needs help is told with what was seen and what to do, most urgent first", () => {
  const run = started();
  const struggle = { kind: "unproductive_struggle", sinceMs: run.nowMs, says: "3 answers in a row were not right" };
  run.done({ type: "student_progress", progress: progress("ada", { behaviour: [struggle] }) }, SESSION);
  run.done({ type: "raise_hand", raised: true }, as("ben"));
  run.come("cat", 0);
  run.done({ type: "attention", hidden: true, at: run.nowMs }, as("dot"));
  run.pass(90_000);
  const view = JSON.parse(JSON.stringify(classroom.view(run.state, "teacher", run.nowMs)));
  const queue = view.help.map((need: { user_id: string; kind: string }) => [need.user_id, need.kind]);
  assert.deepEqual(queue, [["ada", "struggling"], ["ben", "waiting"], ["cat", "idle"], ["dot", "idle"]]);
  for (const { evidence, move } of view.help) assert.ok(evidence.length > 5 && move.length > 5);
  const presence = view.students.map((row: { presence: { state: string } }) => row.presence.state);
  assert.deepEqual(presence, ["here", "here", "gone", "background"]);
});

Deno.test("[J12] the same wrong answer of several is one entry with who gave it", () => {
  const run = started();
  run.ask();
  run.answer("ada", { kind: "number", value: "12", unit: null });
  run.answer("ben", { kind: "number", value: "12.0", unit: null });
  run.answer("cat", OTHER_WRONG);
  run.done({ type: "close_question", inMs: 0, reason: null });
  run.pass(60_000);
  run.done({ type: "reveal", reason: null });
  const found = run.lesson.wrongAnswers.map(({ group, count, userIds }) => [group, count, userIds]);
  assert.deepEqual(found, [["12", 2, ["ada", "ben"]], ["13", 1, ["cat"]]]);
  assert.deepEqual(run.lesson.skills.first, { answered: 3, correct: 0, known: 0, masterySum: 0 });
  run.done({ type: "mastery_moved", skills: [{ skillId: "first", before: 0.5, after: 0.4 }] }, {
    kind: "actor",
    sender: learnerAddress("ada"),
    seq: 1,
  });
  assert.deepEqual(run.student("ada").mastery, { first: { first: 0.5, now: 0.4 } });
  assert.equal(run.refused({ type: "start", reason: null }, TESS), "already_started");
});
