/** The choice that a session waits for, worked out from its state alone. */
import { targetFor } from "../adaptive/target_probability.ts";
import { EASIER_SHIFT_MAX, targetShift } from "../affect/trajectory.ts";
import type { SessionEffect } from "./messages.ts";
import { faceTendency, lastMomentMs } from "./situation.ts";
import type { ActiveSession, PausedSession, SessionState } from "./state.ts";

/** Items looked back on to tell whether the work is a struggle. */
const STRUGGLE_MEMORY_ITEMS = 3;

/** Success probability to aim at now: by the learner's wish, moved by affect or a suggestion within stated bounds. */
export function targetProbability(session: ActiveSession | PausedSession): number {
  const { plan, history, tally } = session;
  const struggled = history.slice(-STRUGGLE_MEMORY_ITEMS).some((met) => !met.correct);
  const affect = faceTendency(session, lastMomentMs(session))?.summary ?? null;
  const byFace = targetShift(affect, { streak: tally.streak, struggled });
  // One of the two, not both: they answer to the same trouble.
  const shift = session.easierItemsLeft > 0 ? Math.max(byFace, EASIER_SHIFT_MAX) : byFace;
  return targetFor(plan.difficulty, shift);
}

/** A seed of its own for each choice, repeatable from the journal and secret like the session's. */
function choiceSeed(sessionSeed: number, basisSeq: number): number {
  return (sessionSeed ^ Math.imul(basisSeq, 0x9e3779b1)) >>> 0;
}

/**
 * The effect that brings the next item; null unless the session is active and has none open, or its teacher wants
 * another in its place.
 */
export function awaitedChoice(state: SessionState): SessionEffect | null {
  if (state.status !== "active") return null;
  const { step, override } = state;
  if (step.kind !== "choosing" && override === null) return null;
  const basisSeq = Math.max(step.kind === "choosing" ? step.basisSeq : 0, override?.askedSeq ?? 0);
  const basis = {
    basisSeq,
    sessionId: state.sessionId,
    seed: choiceSeed(state.seed, basisSeq),
    plan: state.plan,
    targetProbability: targetProbability(state),
    history: state.history,
  };
  if (override === null) return { kind: "choose_item", ...basis };
  const { itemId, by, reason } = override;
  return { kind: "serve_override", ...basis, override: { itemId, by, reason } };
}
