/** The live lesson of a class as the runtime knows it. */
import type { Aggregate, Priority } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { awaitedEffects } from "./awaited_effects.ts";
import { decide } from "./decide.ts";
import { classDigest } from "./digest.ts";
import type { ClassroomEvent } from "./events.ts";
import { evolve } from "./evolve.ts";
import type { ClassroomCommand, ClassroomEffect } from "./messages.ts";
import { audienceName, audienceNamed, classroomAudience } from "./permission.ts";
import { project } from "./project.ts";
import { regroups } from "./regroups.ts";
import type { ClassroomState } from "./state.ts";
import { LESSON_SCHEMA_VERSION, upcastEvent, upcastState } from "./upcast.ts";
import { listing, view } from "./view.ts";

/**
 * What the staff do comes first, then answers. Deadlines wait behind the answers that are there already: one that came
 * before pens were down is decided before they are.
 */
function priorityOf(command: ClassroomCommand): Priority {
  switch (command.type) {
    case "open_lesson":
    case "roster_changed":
    case "start":
    case "next":
    case "pause":
    case "resume":
    case "close_question":
    case "reopen_question":
    case "reveal":
    case "extend_time":
    case "preview_breakouts":
    case "form_breakouts":
    case "move_student":
    case "tell_rooms":
    case "recall_rooms":
    case "vote_again":
    case "override_item":
    case "send_message":
    case "spotlight":
    case "admit":
    case "turn_away":
    case "close_lesson":
    case "reopen_lesson":
    case "question_rendered":
    case "question_failed":
      return "control";
    case "answer":
      return "graded";
    // Behind the answers, like the barrier that it brings forward.
    case "end_wait":
    case "enter":
    case "raise_hand":
    case "answers_sighted":
    case "student_progress":
    case "mastery_moved":
    case "room_report":
    case "recall_deadline":
    case "question_deadline":
    case "barrier_deadline":
    case "lesson_deadline":
    // Before the barrier that waits for whom it tells of.
    case "attendance":
      return "event";
    case "attention":
      return "ephemeral";
    default:
      return assertNever(command);
  }
}

/** The question is told that it failed; answers whose sightings cannot be read count without them. */
function effectFailed(effect: ClassroomEffect, reason: string): ClassroomCommand {
  switch (effect.kind) {
    case "render_question":
      return { type: "question_failed", code: "failed", says: `The question could not be brought: ${reason}.` };
    case "sight_answers":
      return { type: "answers_sighted", question: effect.question, sightings: {} };
    default:
      return assertNever(effect);
  }
}

export const classroom: Aggregate<ClassroomState, ClassroomCommand, ClassroomEvent, ClassroomEffect> = {
  kind: "classroom",
  schemaVersion: LESSON_SCHEMA_VERSION,
  initial: (key) => ({ status: "not_opened", lessonId: key }),
  decide,
  evolve,
  // Who is here is known of the sockets alone, and told anew.
  durable: (state) => state.status === "not_opened" ? state : { ...state, attendance: {} },
  upcastState,
  upcastEvent,
  priorityOf,
  pendingEffects: awaitedEffects,
  effectFailed,
  audienceOf(state, principal) {
    const audience = state.status === "not_opened" ? null : classroomAudience(state, principal);
    return audience === null ? null : audienceName(audience);
  },
  view: (state, audience, nowMs) => view(state, audienceNamed(audience), nowMs),
  project: (event, audience) => project(event, audienceNamed(audience)),
  regroups,
  digest: classDigest,
  listing,
};
