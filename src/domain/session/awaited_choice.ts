/** The choice that a session waits for, worked out from its state alone. */
import { targetFor } from "../adaptive/target_probability.ts";
import { isUnchallenged } from "../affect/work_log.ts";
import { EASIER_SHIFT, HARDER_SHIFT } from "./limits.ts";
import type { ChoiceEffect } from "./messages.ts";
import type { ActiveSession, PausedSession, SessionState } from "./state.ts";

/**
 * Success probability to aim at now: by the learner's wish, and a step easier or harder as the work calls for it or the
 * learner asked. It goes into the receipt, so nothing that a face showed may move it (M25).
 */
export function targetProbability({ plan, work, easierItemsLeft }: ActiveSession | PausedSession): number {
  const shift = easierItemsLeft > 0 ? EASIER_SHIFT : isUnchallenged(work) ? -HARDER_SHIFT : 0;
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
export function awaitedChoice(state: SessionState): ChoiceEffect | null {
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
    right: state.right,
  };
  if (override === null) return { kind: "choose_item", ...basis };
  const { itemId, by, reason } = override;
  return { kind: "serve_override", ...basis, override: { itemId, by, reason } };
}
