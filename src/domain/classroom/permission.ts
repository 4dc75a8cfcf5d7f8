/** Who may send which command to a lesson, and who sees it as what. */
import { keyOf, kindOf } from "../address.ts";
import { assertNever } from "../assert_never.ts";
import { type ClientConnection, type Origin, reject, type Rejection } from "../decision.ts";
import { isEngine } from "../engine.ts";
import { entryOf } from "../entry_of.ts";
import { isPlainLine } from "../plain_line.ts";
import type { Principal } from "../principal.ts";
import { REASON_LENGTH_MAX } from "./limits.ts";
import type { ClassroomCommand, TeacherCommand } from "./messages.ts";
import type { OpenedLesson, Student } from "./state.ts";

export type ClassroomAudience =
  | { readonly kind: "teacher" }
  /** Of one student who is in the lesson. */
  | { readonly kind: "student"; readonly userId: string }
  /** Of one who waits, was turned away, or has not come yet. */
  | { readonly kind: "lobby"; readonly userId: string };

export class UnknownAudienceError extends Error {
  override readonly name = "UnknownAudienceError";
}

/** The audience as the runtime names it. */
export function audienceName(audience: ClassroomAudience): string {
  return audience.kind === "teacher" ? "teacher" : `${audience.kind}:${audience.userId}`;
}

/** Reads an audience's name. Throws {@link UnknownAudienceError}. */
export function audienceNamed(name: string): ClassroomAudience {
  if (name === "teacher") return { kind: "teacher" };
  const at = name.indexOf(":");
  const kind = name.slice(0, at);
  if (kind === "student" || kind === "lobby") return { kind, userId: name.slice(at + 1) };
  throw new UnknownAudienceError(`a lesson has no audience ${name}`);
}

/** Teachers of the class, and administrators. */
function isStaff({ staff }: Pick<OpenedLesson, "staff">, principal: Principal): boolean {
  return principal.role === "admin" || Object.hasOwn(staff, principal.userId);
}

/** Whether they see the lesson: let in, or on the roster of one that is open to it. */
export function isInside({ plan }: OpenedLesson, { admission }: Student): boolean {
  return admission === "admitted" || (admission === "expected" && plan.admission === "open");
}

export function classroomAudience(lesson: OpenedLesson, principal: Principal): ClassroomAudience | null {
  if (isStaff(lesson, principal)) return { kind: "teacher" };
  const student = entryOf(lesson.students, principal.userId);
  if (student === null) return null;
  return { kind: isInside(lesson, student) ? "student" : "lobby", userId: student.userId };
}

/** Named once for all: a command that is missing here does not compile. */
const TEACHER_COMMANDS: { readonly [Type in TeacherCommand["type"]]: true } = {
  start: true,
  next: true,
  pause: true,
  resume: true,
  close_question: true,
  end_wait: true,
  reopen_question: true,
  reveal: true,
  extend_time: true,
  preview_breakouts: true,
  form_breakouts: true,
  move_student: true,
  tell_rooms: true,
  recall_rooms: true,
  vote_again: true,
  override_item: true,
  send_message: true,
  spotlight: true,
  admit: true,
  turn_away: true,
  close_lesson: true,
  reopen_lesson: true,
};

export function isTeacherCommand(command: ClassroomCommand): command is TeacherCommand {
  return Object.hasOwn(TEACHER_COMMANDS, command.type);
}

/** The person who sent it; null for actors, timers and effects. */
export function senderOf(origin: Origin): Principal | null {
  return origin.kind === "client" ? origin.principal : null;
}

/** What brought it, where that was a person's connection. */
export function connectionOf(origin: Origin): ClientConnection | null {
  return origin.kind === "client" ? origin.connection ?? null : null;
}

function isPermitted(lesson: OpenedLesson, command: ClassroomCommand, origin: Origin): boolean {
  const sender = senderOf(origin);
  if (isTeacherCommand(command)) return sender !== null && isStaff(lesson, sender);
  switch (command.type) {
    case "open_lesson":
      return sender !== null && isStaff(lesson, sender);
    case "enter":
    case "answer":
    case "raise_hand":
      return sender !== null && Object.hasOwn(lesson.students, sender.userId);
    case "attention":
      return sender !== null && classroomAudience(lesson, sender) !== null;
    case "roster_changed":
    case "attendance":
      return sender !== null && isEngine(sender);
    case "question_rendered":
    case "question_failed":
    case "answers_sighted":
      return origin.kind === "effect";
    case "student_progress":
      return origin.kind === "actor" && kindOf(origin.sender) === "session" &&
        keyOf(origin.sender) === command.progress.sessionId;
    case "mastery_moved":
      return origin.kind === "actor" && kindOf(origin.sender) === "learner";
    case "room_report":
      return origin.kind === "actor" && kindOf(origin.sender) === "room";
    case "recall_deadline":
    case "question_deadline":
    case "barrier_deadline":
    case "lesson_deadline":
      return origin.kind === "timer";
    default:
      return assertNever(command);
  }
}

/** The refusal when `origin` may not send this command; null when it may. */
export function refuseOrigin(lesson: OpenedLesson, command: ClassroomCommand, origin: Origin): Rejection | null {
  if (isPermitted(lesson, command, origin)) return null;
  return reject("forbidden", `${command.type} is not yours to send to this lesson.`);
}

/** The refusal of a reason that nobody could read; null when it is one, or none. */
export function refuseReason({ reason }: Pick<TeacherCommand, "reason">): Rejection | null {
  if (reason === null || (reason.length <= REASON_LENGTH_MAX && isPlainLine(reason))) return null;
  const expected = `at most ${REASON_LENGTH_MAX} characters on one line, some of them visible`;
  return reject("malformed_reason", `A reason is ${expected}.`, { expected });
}
