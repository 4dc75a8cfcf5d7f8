/** Who may send which command to a session. */
import { assertNever } from "../assert_never.ts";
import { classroomAddress } from "../classroom/messages.ts";
import { type Origin, reject, type Rejection } from "../decision.ts";
import type { Principal } from "../principal.ts";
import type { SessionCommand, SessionPlan } from "./messages.ts";

export type SessionAudience = "learner" | "staff";

/** The learner themself, or staff: teachers and admins; null for anyone else. */
export function sessionAudience(learnerId: string, principal: Principal): SessionAudience | null {
  if (principal.userId === learnerId) return "learner";
  switch (principal.role) {
    case "teacher":
    case "admin":
      return "staff";
    case "student":
      return null;
    default:
      return assertNever(principal.role);
  }
}

function isPermitted(audience: SessionAudience | null, command: SessionCommand, origin: Origin): boolean {
  switch (command.type) {
    // The edge creates on the learner's behalf.
    case "create":
    case "answer":
    case "hint":
    case "skip":
    case "tutor_ask":
    case "attention":
    case "easier_items":
    case "intervention_reply":
      return audience === "learner";
    case "pause":
    case "resume":
    case "complete":
      return audience !== null;
    case "override_item":
    case "tutor_pause":
    case "tutor_resume":
      return audience === "staff";
    case "lesson_override":
      return false;
    // What a learner's own camera showed; the edge reads frames, no client frame becomes this command.
    case "observe_emotion":
    case "forget_emotion":
      return audience === "learner" || origin.kind === "effect";
    case "serve_item":
    case "no_item_left":
    case "override_unknown":
    case "override_held_back":
    case "choice_failed":
    case "tutor_piece":
    case "tutor_reply":
    case "tutor_unanswered":
      return origin.kind === "effect";
    case "retry_choice":
    case "idle_deadline":
    case "attention_deadline":
      return origin.kind === "timer";
    default:
      return assertNever(command);
  }
}

/** Whether the session's own live lesson sent it. */
export function isFromLesson({ lessonId }: Pick<SessionPlan, "lessonId">, origin: Origin): boolean {
  return lessonId !== undefined && origin.kind === "actor" && origin.sender === classroomAddress(lessonId);
}

/** What its teachers do there, they do here. */
function isByLesson({ type }: SessionCommand): boolean {
  return type === "pause" || type === "resume" || type === "lesson_override";
}

/** The refusal when `origin` may not send this command to a session of this plan; null when it may. */
export function refuseOrigin(plan: SessionPlan, command: SessionCommand, origin: Origin): Rejection | null {
  const audience = origin.kind === "client" ? sessionAudience(plan.learnerId, origin.principal) : null;
  if (isPermitted(audience, command, origin) || (isByLesson(command) && isFromLesson(plan, origin))) return null;
  return reject("forbidden", `${command.type} is not yours to send to this session.`);
}
