/** The choice that a session waits for, worked out from its state alone. */
import { EASIER_SHIFT_MAX, targetShift } from "../affect/trajectory.ts";
import type { Difficulty } from "../curriculum/rendered_item.ts";
import type { SessionEffect } from "./messages.ts";
import { faceTendency, lastMomentMs } from "./situation.ts";
import type { ActiveSession, PausedSession, SessionState } from "./state.ts";

/** Success probability aimed at for a learner who wishes for nothing else. */
const TARGET_PROBABILITY = 0.75;
const TARGET_PROBABILITY_MIN = 0.5;
const TARGET_PROBABILITY_MAX = 0.95;
/** What a wish for a difficulty, 1 to 5, aims at instead. */
const TARGET_BY_WISH: { readonly [wish in Difficulty]: number } = { 1: 0.9, 2: 0.83, 3: 0.75, 4: 0.66, 5: 0.58 };
/** Items looked back on to tell whether the work is a struggle. */
const STRUGGLE_MEMORY_ITEMS = 3;

/** Success probability to aim at now: by the learner's wish, moved by affect or a suggestion within stated bounds. */
export function targetProbability(session: ActiveSession | PausedSession): number {
  const { plan, history, tally } = session;
  const base = plan.difficulty === null ? TARGET_PROBABILITY : TARGET_BY_WISH[plan.difficulty];
  const struggled = history.slice(-STRUGGLE_MEMORY_ITEMS).some((met) => !met.correct);
  const affect = faceTendency(session, lastMomentMs(session))?.summary ?? null;
  const byFace = targetShift(affect, { streak: tally.streak, struggled });
  // One of the two, not both: they answer to the same trouble.
  const shift = session.easierItemsLeft > 0 ? Math.max(byFace, EASIER_SHIFT_MAX) : byFace;
  return Math.min(TARGET_PROBABILITY_MAX, Math.max(TARGET_PROBABILITY_MIN, base + shift));
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
