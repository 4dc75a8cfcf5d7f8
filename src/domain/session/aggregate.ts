/** The learning session as the runtime knows it. */
import type { Aggregate, Priority } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { awaitedAnswer } from "./awaited_answer.ts";
import { awaitedChoice } from "./awaited_choice.ts";
import { decide } from "./decide.ts";
import { evolve } from "./evolve.ts";
import type { SessionCommand, SessionEffect, SessionEvent } from "./messages.ts";
import { type SessionAudience, sessionAudience } from "./permission.ts";
import { project } from "./project.ts";
import { type SessionState, withoutMemories } from "./state.ts";
import { SESSION_SCHEMA_VERSION, upcastSessionEvent, upcastSessionState } from "./upcast.ts";
import { listing, view } from "./view.ts";

const KIND = "session";

export class UnknownAudienceError extends Error {
  override readonly name = "UnknownAudienceError";
}

function audienceNamed(audience: string): SessionAudience {
  if (audience === "learner" || audience === "staff") return audience;
  throw new UnknownAudienceError(`a session has no audience ${audience}`);
}

/** All that people send shares one lane: a `complete` must not overtake the answer sent before it. */
function priorityOf(command: SessionCommand): Priority {
  switch (command.type) {
    case "create":
    case "forget_emotion":
    case "serve_item":
    case "no_item_left":
    case "override_unknown":
    case "override_held_back":
    case "choice_failed":
    case "retry_choice":
    case "tutor_reply":
    case "tutor_unanswered":
      return "control";
    case "answer":
    case "hint":
    case "skip":
    case "pause":
    case "resume":
    case "complete":
    case "override_item":
    case "tutor_ask":
    case "tutor_pause":
    case "tutor_resume":
    case "lesson_override":
    case "easier_items":
    case "intervention_reply":
      return "graded";
    // After what the learner has already sent, so that a waiting answer keeps the session awake.
    case "idle_deadline":
    case "attention_deadline":
      return "event";
    case "observe_emotion":
    case "attention":
    case "tutor_piece":
      return "ephemeral";
    default:
      return assertNever(command);
  }
}

export const session: Aggregate<SessionState, SessionCommand, SessionEvent, SessionEffect> = {
  kind: KIND,
  schemaVersion: SESSION_SCHEMA_VERSION,
  initial: (key) => ({ status: "not_created", sessionId: key }),
  decide,
  evolve,
  // What a face showed lives in memory only, so that revoking consent leaves nothing behind (M6).
  durable: (state) => state.status === "not_created" ? state : withoutMemories(state),
  upcastState: upcastSessionState,
  upcastEvent: upcastSessionEvent,
  priorityOf,
  pendingEffects(state) {
    return [awaitedChoice(state), awaitedAnswer(state)].filter((effect) => effect !== null);
  },
  effectFailed: (effect, reason) =>
    effect.kind === "ask_tutor"
      ? { type: "tutor_unanswered", ask: effect.ask, because: "failed" }
      : { type: "choice_failed", reason },
  audienceOf: (state, principal) =>
    state.status === "not_created" ? null : sessionAudience(state.plan.learnerId, principal),
  view: (state, audience, nowMs) => view(state, audienceNamed(audience), nowMs),
  project: (event, audience) => project(event, audienceNamed(audience)),
  listing,
};
