/** Decides what a hidden or shown tab changes: a bounded memory and what staff see now. */
import { attended } from "../affect/attention.ts";
import { behavioursIn } from "../affect/behaviour.ts";
import type { TurnContext } from "../decision.ts";
import { behaviourTold } from "./decide_intervention.ts";
import type { LearnerSessionCommand } from "./messages.ts";
import { notActive } from "./not_active.ts";
import type { SessionDecision } from "./settle.ts";
import { situationOf } from "./situation.ts";
import type { BegunSession } from "./state.ts";

/** Notes it; nothing is suggested in this turn, since to be hidden or shown is no answer and no question. */
export function decideAttention(
  session: BegunSession,
  { hidden, at }: Extract<LearnerSessionCommand, { type: "attention" }>,
  { nowMs }: TurnContext,
): SessionDecision {
  if (session.status !== "active") return notActive(session.status);
  const attention = attended(session.attention, hidden, at, nowMs);
  const state = { ...session, attention };
  const changed = attention.offTaskSinceMs !== session.attention.offTaskSinceMs;
  const ephemerals = changed ? [behaviourTold(behavioursIn(situationOf(state, nowMs)))] : [];
  return { kind: "noted", state, reply: { hidden }, ephemerals };
}
