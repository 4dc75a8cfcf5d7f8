/** Random courses of a lesson: what its students and its teacher may do next, done to a run. */
import fc from "fast-check";
import type { Response } from "../../../src/domain/curriculum/rendered_item.ts";
import { roomAddress } from "../../../src/domain/room/messages.ts";
import { SECRET_NUMBER } from "../session/small_course.ts";
import { as, LessonRun, PLAN, ROOMS, ROSTER } from "./lesson_run.ts";

export const STUDENTS = ["ada", "ben", "cat", "dot"] as const;
type StudentId = typeof STUDENTS[number];

/** Nobody else's answer is this number. */
export function ownWrong(userId: StudentId): number {
  return 700_001 + STUDENTS.indexOf(userId);
}

type Step =
  | { readonly kind: "answer"; readonly userId: StudentId; readonly right: boolean; readonly lateMs: number }
  | { readonly kind: "come"; readonly userId: StudentId | "coty"; readonly devices: number }
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
const comer = fc.constantFrom(...STUDENTS, "coty" as const);
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    arbitrary: fc.record({ kind: fc.constant("answer" as const), userId, right: fc.boolean(), lateMs: fc.nat(40_000) }),
    weight: 8,
  },
  { arbitrary: fc.record({ kind: fc.constant("come" as const), userId: comer, devices: fc.nat(2) }), weight: 2 },
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

export function doStep(run: LessonRun, one: Step): void {
  const reason = null;
  switch (one.kind) {
    case "answer": {
      const value = one.right ? SECRET_NUMBER : ownWrong(one.userId);
      const response: Response = { kind: "number", value, unit: null };
      const { number: question, round } = run.lesson.question ?? { number: 1, round: null };
      run.send(
        { type: "answer", question, round, response, answeredAtMs: run.nowMs - one.lateMs },
        as(one.userId),
      );
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

export function opened(): LessonRun {
  const run = new LessonRun();
  run.done({ type: "open_lesson", plan: PLAN, roster: ROSTER });
  for (const id of STUDENTS) run.done({ type: "enter" }, as(id));
  run.done({ type: "start", reason: null });
  return run;
}
