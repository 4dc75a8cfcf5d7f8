/** Decides what a hidden or shown tab changes, and the time since: a bounded memory and what is told of it now. */
import { attended, type Attention, elapsed } from "../affect/attention.ts";
import { behavioursIn } from "../affect/behaviour.ts";
import { note, reject, type TurnContext } from "../decision.ts";
import type { Json } from "../json.ts";
import { behaviourTold } from "./decide_intervention.ts";
import type { LearnerSessionCommand } from "./messages.ts";
import { notActive } from "./not_active.ts";
import { type SessionDecision, timerChanges } from "./settle.ts";
import { situationOf } from "./situation.ts";
import type { ActiveSession, BegunSession } from "./state.ts";

/** Nothing is suggested in these turns: a hidden tab shows no suggestion, and to show it again is no question. */
function noted(session: ActiveSession, attention: Attention, nowMs: number, reply: Json): SessionDecision {
  const state = { ...session, attention };
  const changed = attention.offTaskSinceMs !== session.attention.offTaskSinceMs;
  const ephemerals = changed ? [behaviourTold(behavioursIn(situationOf(state, nowMs)))] : [];
  return note(state, { reply, timers: timerChanges(session, state), ephemerals });
}

/** Notes that the tab was hidden or shown. */
export function decideAttention(
  session: BegunSession,
  { hidden, at }: Extract<LearnerSessionCommand, { type: "attention" }>,
  { nowMs }: TurnContext,
): SessionDecision {
  if (session.status !== "active") return notActive(session.status);
  return noted(session, attended(session.attention, hidden, at, nowMs), nowMs, { hidden });
}

/** Notes that the learner has been away, or back, for so long that it counts. */
export function decideAttentionDeadline(session: BegunSession, { nowMs }: TurnContext): SessionDecision {
  if (session.status !== "active") return notActive(session.status);
  const attention = elapsed(session.attention, nowMs);
  if (attention.offTaskSinceMs === session.attention.offTaskSinceMs) {
    return reject("attention_unchanged", "The tab has been hidden or shown since this deadline was set.");
  }
  return noted(session, attention, nowMs, null);
}
