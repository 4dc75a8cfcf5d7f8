/** What a class's frames hold, for any course of events: nothing of others, no key; and digests that add up to the view. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { classroom } from "../../../src/domain/classroom/aggregate.ts";
import type { Response } from "../../../src/domain/curriculum/rendered_item.ts";
import type { Json } from "../../../src/domain/json.ts";
import { roomAddress } from "../../../src/domain/room/messages.ts";
import { SECRET_NUMBER } from "../session/small_course.ts";
import { as, LessonRun, PLAN, ROOMS, ROSTER } from "./lesson_run.ts";

const STUDENTS = ["ada", "ben", "cat", "dot"] as const;
type StudentId = typeof STUDENTS[number];

/** Nobody else's answer is this number. */
function ownWrong(userId: StudentId): number {
  return 700_001 + STUDENTS.indexOf(userId);
}

type Step =
  | { readonly kind: "answer"; readonly userId: StudentId; readonly right: boolean; readonly lateMs: number }
  | { readonly kind: "come"; readonly userId: StudentId; readonly devices: number }
  | { readonly kind: "hand"; readonly userId: StudentId; readonly raised: boolean }
  | { readonly kind: "pass"; readonly ms: number }
  /** The room of this place tells its lesson how many words were written. */
  | { readonly kind: "report"; readonly room: number; readonly written: number }
  | {
    readonly kind: "teacher";
    readonly wish:
      | "next"
      | "vote"
      | "close"
      | "reveal"
      | "reopen"
      | "rooms"
      | "recall"
      | "vote_again"
      | "pause"
      | "resume"
      | "shine";
  };

const userId = fc.constantFrom(...STUDENTS);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    arbitrary: fc.record({ kind: fc.constant("answer" as const), userId, right: fc.boolean(), lateMs: fc.nat(40_000) }),
    weight: 8,
  },
  { arbitrary: fc.record({ kind: fc.constant("come" as const), userId, devices: fc.nat(2) }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant("hand" as const), userId, raised: fc.boolean() }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.nat(30_000) }), weight: 3 },
  {
    arbitrary: fc.record({ kind: fc.constant("report" as const), room: fc.nat(2), written: fc.nat(9) }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant("teacher" as const),
      wish: fc.constantFrom(
        "next",
        "vote",
        "close",
        "reveal",
        "reopen",
        "rooms",
        "recall",
        "vote_again",
        "pause",
        "resume",
        "shine",
      ),
    }),
    weight: 10,
  },
);

function doStep(run: LessonRun, one: Step): void {
  const reason = null;
  switch (one.kind) {
    case "answer": {
      const value = one.right ? SECRET_NUMBER : ownWrong(one.userId);
      const response: Response = { kind: "number", value, unit: null };
      const question = run.lesson.question?.number ?? 1;
      run.send({ type: "answer", question, response, answeredAtMs: run.nowMs - one.lateMs }, as(one.userId));
      return;
    }
    case "come":
      return run.come(one.userId, one.devices);
    case "hand":
      return run.done({ type: "raise_hand", raised: one.raised }, as(one.userId));
    case "pass":
      return run.pass(one.ms);
    case "report":
      return doReport(run, one.room, one.written);
    case "teacher":
      return doWish(run, one.wish, reason);
  }
}

function doReport(run: LessonRun, place: number, written: number): void {
  const room = run.lesson.breakouts?.rooms[place];
  if (room === undefined) return;
  const members = room.members.map((userId) => ({ userId, written, lastAtMs: run.nowMs }));
  const report = { status: "open", written, members, help: null, agreed: null } as const;
  run.done({ type: "room_report", report }, { kind: "actor", sender: roomAddress(room.roomId), seq: run.seq });
}

function doWish(run: LessonRun, wish: Extract<Step, { kind: "teacher" }>["wish"], reason: null): void {
  const by = as("tess");
  switch (wish) {
    case "next":
    case "vote": {
      const purpose = wish === "vote" ? "vote" : "question";
      const asked = run.send({ type: "next", itemId: "n1", purpose, limitMs: null, reason }, by);
      if (asked.kind !== "rejected") run.bring();
      return;
    }
    case "close":
      run.send({ type: "close_question", inMs: 1_000, reason }, by);
      return;
    case "reopen":
      run.send({ type: "reopen_question", limitMs: null, reason }, by);
      return;
    case "rooms":
      run.send({ ...ROOMS, type: "form_breakouts", how: "random" }, by);
      return;
    case "recall":
      run.send({ type: "recall_rooms", inMs: 1_000, reason }, by);
      return;
    case "vote_again":
      run.send({ type: "vote_again", limitMs: null, reason }, by);
      return;
    case "shine":
      run.send({ type: "spotlight", userId: "ada", named: false, reason }, by);
      return;
    case "reveal":
    case "pause":
    case "resume":
      run.send({ type: wish, reason }, by);
      return;
  }
}

function opened(): LessonRun {
  const run = new LessonRun();
  run.done({ type: "open_lesson", plan: PLAN, roster: ROSTER });
  for (const id of STUDENTS) run.done({ type: "enter" }, as(id));
  run.done({ type: "start", reason: null });
  return run;
}

Deno.test("[J3] no frame or view of a student holds another's answer, nor what an open question's key says", () => {
  fc.assert(fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
    const run = opened();
    let told = run.journal.length;
    for (const one of steps) {
      doStep(run, one);
      const { question } = run.lesson;
      const isRevealed = question?.step.kind === "revealed";
      for (const id of STUDENTS) {
        const audience = `student:${id}`;
        const own = question?.answers[id] ?? question?.firstVotes?.[id];
        const projected = run.journal.slice(told).flatMap(({ event }) =>
          event.type === "spotlighted" ? [] : classroom.project(event, audience) ?? []
        );
        const view = JSON.stringify(classroom.view(run.state, audience, run.nowMs));
        const frames = JSON.stringify(projected);
        for (const text of [frames, view]) {
          for (const other of STUDENTS) {
            if (other === id) continue;
            assert.ok(!text.includes(String(ownWrong(other))), `${id} is told ${other}'s answer: ${text}`);
            assert.ok(!text.includes(`"${other}"`), `${id} is told of ${other}: ${text}`);
          }
        }
        if (isRevealed) continue;
        assert.ok(own?.correct || !view.includes(String(SECRET_NUMBER)), `${id} sees the key: ${view}`);
        assert.doesNotMatch(view, /RUNG|EXPLAINED/);
      }
      told = run.journal.length;
    }
  }));
});

/** What a reader keeps who is given `view` once and digests from then on. */
function merged(view: Json, digest: Json): Json {
  const kept = JSON.parse(JSON.stringify(view));
  const change = JSON.parse(JSON.stringify(digest));
  const gone = new Set(change.gone ?? []);
  const byKey = (key: string, before: Record<string, unknown>[], rows: Record<string, unknown>[]) => {
    const all = new Map(before.map((row) => [row[key], row]));
    for (const row of rows) all.set(row[key], row);
    return [...all.values()];
  };
  if (change.students) kept.students = byKey("user_id", kept.students, change.students);
  kept.students = kept.students.filter((row: { user_id: string }) => !gone.has(row.user_id));
  if (change.skills) kept.skills = byKey("skill_id", kept.skills, change.skills);
  if (change.breakouts) {
    const { breakouts } = kept;
    const isSame = breakouts !== null && breakouts.breakouts === change.breakouts.breakouts;
    const rooms = isSame ? byKey("room_id", breakouts.rooms, change.breakouts.rooms) : change.breakouts.rooms;
    kept.breakouts = { ...change.breakouts, rooms };
  }
  for (const whole of ["question", "help", "wrong_answers"]) if (whole in change) kept[whole] = change[whole];
  return kept;
}

Deno.test("[J12] digests, told at any moments, add up to the view that a reader is given anew", () => {
  fc.assert(fc.property(fc.array(fc.tuple(step, fc.boolean()), { minLength: 5, maxLength: 60 }), (steps) => {
    const run = opened();
    let known = run.state;
    let kept = classroom.view(run.state, "teacher", run.nowMs);
    for (const [one, tells] of steps) {
      doStep(run, one);
      if (!tells) continue;
      const digest = classroom.digest?.of(known, run.state, "teacher", run.nowMs) ?? null;
      if (digest !== null) kept = merged(kept, digest.data);
      known = run.state;
      const whole = JSON.parse(JSON.stringify(classroom.view(run.state, "teacher", run.nowMs)));
      const reader = JSON.parse(JSON.stringify(kept));
      for (const part of ["students", "skills", "question", "breakouts", "wrong_answers"]) {
        assert.deepEqual(reader[part], whole[part], part);
      }
      const needs = (rows: { user_id: string; kind: string }[]) => rows.map(({ user_id, kind }) => [user_id, kind]);
      // Who is away long enough is known by the clock alone, between digests too.
      const settled = needs(whole.help).filter(([, kind]) => kind !== "idle");
      assert.deepEqual(needs(reader.help).filter(([, kind]) => kind !== "idle"), settled);
    }
  }));
});

Deno.test("[S4] the journal alone gives the state, but for who is here", () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const run = opened();
    for (const one of steps) doStep(run, one);
    let state = classroom.initial("l1");
    for (const { event, place } of run.journal) {
      state = classroom.evolve(state, JSON.parse(JSON.stringify(event)), place);
    }
    run.restart();
    assert.deepEqual(JSON.parse(JSON.stringify(state)), JSON.parse(JSON.stringify(run.state)));
  }));
});
