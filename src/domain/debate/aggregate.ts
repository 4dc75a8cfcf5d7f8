/** A debate as the runtime knows it. */
import type { Aggregate, Priority } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { awaitedEffects } from "./awaited_effects.ts";
import { decide } from "./decide.ts";
import { evolve } from "./evolve.ts";
import type { DebateCommand, DebateEffect, DebateEvent } from "./messages.ts";
import { audienceName, audienceNamed, debateAudience, regroups } from "./permission.ts";
import { project } from "./project.ts";
import type { DebateState } from "./state.ts";
import { DEBATE_SCHEMA_VERSION, upcastEvent, upcastState } from "./upcast.ts";
import { listing, view } from "./view.ts";

/** Statements go before the deadline that would end their turn. */
function priorityOf(command: DebateCommand): Priority {
  switch (command.type) {
    case "open_debate":
    case "start":
    case "pause":
    case "resume":
    case "extend_turn":
    case "end_debate":
    case "judge":
    case "roster_changed":
      return "control";
    case "state":
    case "end_turn":
      return "graded";
    case "turn_deadline":
    case "statements_worded":
    case "judgement_drafted":
    case "judgement_not_drafted":
      return "event";
    default:
      return assertNever(command);
  }
}

/** The AI then says the authored words, and the teacher judges without a draft. */
function effectFailed(effect: DebateEffect, reason: string): DebateCommand {
  switch (effect.kind) {
    case "word_statements":
      return { type: "statements_worded", turn: effect.turn, texts: [] };
    case "draft_judgement":
      return { type: "judgement_not_drafted", userId: effect.userId, reason };
    default:
      return assertNever(effect);
  }
}

export const debate: Aggregate<DebateState, DebateCommand, DebateEvent, DebateEffect> = {
  kind: "debate",
  schemaVersion: DEBATE_SCHEMA_VERSION,
  initial: (key) => ({ status: "not_opened", debateId: key }),
  decide,
  evolve,
  upcastState,
  upcastEvent,
  priorityOf,
  pendingEffects: (state) => awaitedEffects(state),
  effectFailed,
  audienceOf(state, principal) {
    const audience = state.status === "not_opened" ? null : debateAudience(state, principal);
    return audience === null ? null : audienceName(audience);
  },
  view: (state, audience, nowMs) => view(state, audienceNamed(audience), nowMs),
  project: (event, audience) => project(event, audienceNamed(audience)),
  regroups,
  listing,
};
