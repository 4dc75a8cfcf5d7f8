/** Rooms of a lesson: who sits with whom, what the rooms are told of it, and how everybody comes back. */
import assert from "node:assert/strict";
import { classroom } from "../../../src/domain/classroom/aggregate.ts";
import { roomAddress, type RoomCommand } from "../../../src/domain/room/messages.ts";
import type { RoomReport } from "../../../src/domain/room/room_report.ts";
import {
  as,
  COTY,
  entry,
  type LessonRun,
  OTHER_WRONG,
  RIGHT,
  ROOMS,
  ROSTER,
  started,
  TESS,
  WRONG,
} from "./lesson_run.ts";
import { checkSeats, rooms } from "./rooms_told.ts";

/** A lesson in which all have voted: ada is right, ben and cat are wrong alike, dot otherwise. */
function voted(): LessonRun {
  const run = started();
  run.ask("vote");
  run.answer("ada", RIGHT);
  run.answer("ben", WRONG);
  run.answer("cat", WRONG);
  run.answer("dot", OTHER_WRONG);
  run.done({ type: "close_question", inMs: 0, reason: null });
  run.pass(60_000);
  return run;
}

Deno.test("[J13] a preview says who would sit where and what they answered; its seed forms just that", () => {
  const run = voted();
  const before = run.seq;
  const { task: _task, limitMs: _limitMs, ...plan } = ROOMS;
  const preview = run.send({ ...plan, type: "preview_breakouts" }, COTY);
  assert.ok(preview.kind === "accepted");
  assert.equal(run.seq, before, "nothing has happened");
  assert.equal(run.messages.length, 0);
  const shown = JSON.parse(JSON.stringify(preview.reply));
  const told = shown.rooms.flatMap(({ members }: { members: { user_id: string; answer: string }[] }) => members);
  const answers = Object.fromEntries(told.map((one: { user_id: string; answer: string }) => [one.user_id, one.answer]));
  assert.deepEqual([answers.ben, answers.dot], ["12", "13"]);
  run.done({ ...ROOMS, seed: shown.seed });
  const wanted = shown.rooms.map(({ members }: { members: { user_id: string }[] }) =>
    members.map(({ user_id }) => user_id)
  );
  assert.deepEqual(rooms(run), wanted);
  checkSeats(run);
  const [first] = run.messages;
  const formed = first?.command as Extract<RoomCommand, { type: "form_room" }>;
  assert.equal(formed.discussed?.itemId, "n1");
  assert.deepEqual([formed.plan.lessonId, formed.plan.roles], ["l1", "none"]);
});

Deno.test("[I5] breakouts with work of their own have roles", () => {
  const run = started();
  run.done({ ...ROOMS, how: "random", task: "Draw a line" });
  const formed = run.messages.map(({ command }) => command as RoomCommand);
  assert.ok(formed.length > 0 && formed.every((one) => one.type === "form_room" && one.plan.roles === "rotating"));
});

Deno.test("[J13] rooms are formed by the staff alone, one set at a time, and of people who are there", () => {
  const run = started();
  assert.equal(run.refused(ROOMS, as("ada")), "forbidden");
  assert.equal(run.refused(ROOMS), "no_question");
  assert.equal(run.refused({ ...ROOMS, how: "random", size: 1 }), "bad_size");
  assert.equal(run.refused({ ...ROOMS, how: "random", limitMs: 10 }), "bad_limit");
  assert.equal(run.refused({ ...ROOMS, how: "random", task: "\u202Etask" }), "malformed_task");
  const given = (groups: readonly (readonly string[])[]) => ({ ...ROOMS, how: "given", groups }) as const;
  assert.equal(run.refused(given([["ada", "eve"]])), "unknown_student");
  assert.equal(run.refused(given([["ada", "ben"], ["cat", "ben"]])), "seated_twice");
  assert.equal(run.refused(given([["ada"]])), "bad_size");
  assert.equal(run.refused(given([])), "bad_size");
  assert.equal(run.refused({ type: "recall_rooms", inMs: 0, reason: null }), "no_breakouts");
  run.done(given([["ada", "cat"], ["ben", "dot"]]));
  assert.deepEqual(rooms(run), [["ada", "cat"], ["ben", "dot"]]);
  assert.equal(run.refused(given([["ada", "ben"]])), "breakouts_open");
  for (const userId of ["ben", "cat", "dot"]) run.come(userId, 0);
  run.done({ type: "recall_rooms", inMs: 0, reason: null });
  run.pass(1);
  assert.equal(run.refused({ ...ROOMS, how: "random" }), "too_few", "three are gone");
});

function recalls({ messages }: LessonRun): readonly number[] {
  return messages.flatMap(({ command }) => {
    const told = command as RoomCommand;
    return told.type === "recall_room" ? [told.endsAtMs] : [];
  });
}

Deno.test("[J15] a recall counts down for all alike, moves when it is sent again, and outlives a restart", () => {
  const run = voted();
  run.done(ROOMS);
  run.done({ type: "recall_rooms", inMs: 60_000, reason: "a minute more" });
  const dueMs = run.nowMs + 30_000;
  run.done({ type: "recall_rooms", inMs: 30_000, reason: null });
  assert.deepEqual(recalls(run).slice(-2), [dueMs, dueMs], "both rooms know when");
  assert.equal(run.timers.get("recall")?.dueMs, dueMs);
  const recalled = run.journal.at(-1)?.event;
  assert.ok(recalled !== undefined);
  assert.deepEqual(classroom.project(recalled, "student:ada")?.data, { recall_at_ms: dueMs, reason: null });
  run.restart();
  run.pass(29_999);
  assert.equal(run.breakouts.overAtMs, null);
  run.pass(1);
  assert.equal(run.breakouts.overAtMs, dueMs);
  assert.equal(run.refused({ type: "recall_rooms", inMs: 0, reason: null }), "no_breakouts");
  assert.equal(run.refused({ type: "tell_rooms", roomId: null, text: "Hello", reason: null }), "no_breakouts");
});

Deno.test("[J15] rooms with a limit know it from the first, and a lesson's end is a recall", () => {
  const run = voted();
  run.done({ ...ROOMS, limitMs: 300_000 });
  const formed = run.messages.map(({ command }) => command as RoomCommand);
  for (const one of formed) assert.equal(one.type === "form_room" && one.endsAtMs, run.nowMs + 300_000);
  run.pass(10_000);
  run.done({ type: "close_lesson", reason: null });
  assert.deepEqual(recalls(run), [run.nowMs, run.nowMs]);
  assert.equal(run.breakouts.overAtMs, run.nowMs);
  assert.ok(!run.timers.has("recall"));
});

Deno.test("[J15] a word to all reaches every room, to one that room alone, and the lesson's record", () => {
  const run = voted();
  run.done(ROOMS);
  const before = run.messages.length;
  run.done({ type: "tell_rooms", roomId: null, text: "Say why ", reason: null });
  const one = run.breakouts.rooms[0]?.roomId ?? "";
  run.done({ type: "tell_rooms", roomId: one, text: "Draw it", reason: null });
  const told = run.messages.slice(before).map(({ to, command }) => [to, command]);
  const word = (text: string) => ({ type: "lesson_told", by: "tess", text });
  assert.deepEqual(told, [
    ...run.breakouts.rooms.map(({ roomId }) => [roomAddress(roomId), word("Say why")]),
    [roomAddress(one), word("Draw it")],
  ]);
  assert.equal(run.refused({ type: "tell_rooms", roomId: one, text: "\n", reason: null }), "malformed_message");
  assert.equal(run.refused({ type: "tell_rooms", roomId: "elsewhere", text: "x", reason: null }), "unknown_room");
});

function reportOf(members: readonly string[], change: Partial<RoomReport> = {}): RoomReport {
  const quiet = members.map((userId) => ({ userId, written: 0, lastAtMs: null }));
  return { status: "open", written: 0, members: quiet, help: null, agreed: null, ...change };
}

Deno.test("[J16] teachers see how each room stands, who asks for help, who is silent and who is alone", () => {
  const run = started({}, [...ROSTER, entry("eli"), entry("fay")]);
  run.done({ ...ROOMS, how: "given", groups: [["ada", "ben"], ["cat", "dot"], ["eli", "fay"]] });
  const [first, second] = run.breakouts.rooms;
  assert.ok(first !== undefined && second !== undefined);
  const from = (roomId: string) => ({ kind: "actor", sender: roomAddress(roomId), seq: 1 }) as const;
  const members = [{ userId: "ada", written: 3, lastAtMs: run.nowMs + 150_000 }, {
    userId: "ben",
    written: 0,
    lastAtMs: null,
  }];
  run.come("fay", 0);
  run.pass(150_000);
  const help = { userId: "cat", sinceMs: run.nowMs };
  run.done({ type: "room_report", report: reportOf([], { written: 3, members }) }, from(first.roomId));
  const talk = ["cat", "dot"].map((userId) => ({ userId, written: 1, lastAtMs: run.nowMs }));
  run.done({ type: "room_report", report: reportOf([], { members: talk, help }) }, from(second.roomId));
  assert.equal(run.refused({ type: "room_report", report: reportOf([]) }, from("elsewhere")), "late_result");
  assert.equal(run.refused({ type: "room_report", report: reportOf([]) }, TESS), "forbidden");
  const view = JSON.parse(JSON.stringify(classroom.view(run.state, "teacher", run.nowMs)));
  assert.deepEqual(view.breakouts.rooms[0].members[0], { user_id: "ada", written: 3, last_at_ms: run.nowMs });
  const needs = view.help.map((need: { user_id: string; evidence: string }) => `${need.user_id}: ${need.evidence}`);
  assert.deepEqual(needs.sort(), [
    "ben: in room 1 they have said nothing for 3 min",
    "cat: in room 2 they ask for help for 0 s",
    "eli: in room 3 nobody else has been there for 3 min",
    "fay: they have been gone for 3 min",
  ]);
});

Deno.test("[J14] a student is told of their own room alone, once it has let them in", () => {
  const run = voted();
  run.done(ROOMS);
  const told = (userId: string) => {
    const event = run.journal.at(-1)?.event;
    assert.ok(event !== undefined);
    return JSON.parse(JSON.stringify(classroom.project(event, `student:${userId}`)?.data ?? null));
  };
  const shown = () => JSON.parse(JSON.stringify(classroom.view(run.state, "student:ada", run.nowMs))).breakouts.room_id;
  assert.deepEqual([told("ada").room_id, shown()], [null, null], "the room is not there yet");
  const own = run.breakouts.rooms.find(({ members }) => members.includes("ada"));
  assert.ok(own !== undefined);
  const members = own.members.map((userId) => ({ userId, written: 0, lastAtMs: null }));
  const report = reportOf([], { members });
  const from = { kind: "actor", sender: roomAddress(own.roomId), seq: 1 } as const;
  run.done({ type: "room_report", report }, from);
  assert.deepEqual(told("ada"), { room_id: own.roomId, room: own.number });
  assert.equal(shown(), own.roomId);
  const other = ["ben", "cat", "dot"].find((userId) => !own.members.includes(userId)) ?? "";
  assert.equal(told(other), null);
  const letIn = run.journal.at(-1)?.event;
  assert.ok(letIn !== undefined);
  assert.equal(classroom.project(letIn, "lobby:ada"), null);
  run.done({ type: "room_report", report }, from);
  assert.equal(told("ada"), null, "told once");
});

Deno.test("[S5] a lesson stored before there were rooms is read on", () => {
  const run = voted();
  run.done({ type: "reveal", reason: null });
  const { breakouts: _none, ...stored } = JSON.parse(JSON.stringify(run.state));
  delete stored.question.step.reveal.roomGains;
  assert.deepEqual(classroom.upcastState(1, { ...stored, question: { ...stored.question, groups: [] } }), {
    ...run.state,
    question: { ...run.question, groups: [] },
  });
  const talked = { type: "discussion_started", question: 9, groups: [], by: "tess", reason: null };
  const event = classroom.upcastEvent(1, talked.type, talked);
  assert.deepEqual(classroom.evolve(run.state, event, { seq: run.seq + 1, atMs: run.nowMs }), {
    ...run.state,
    staffHeardAtMs: run.nowMs,
  });
});
