/** What is wrong with the plan of a debate. */
import {
  REBUTTAL_ROUNDS_MAX,
  REBUTTAL_ROUNDS_MIN,
  SPEAKERS_MAX,
  STATEMENTS_A_TURN_MAX,
  TURN_MS_MAX,
  TURN_MS_MIN,
} from "./limits.ts";
import { SIDES } from "./motion.ts";
import { type DebatePlan, ROUND_KINDS, speakersOf } from "./plan.ts";

function isBetween(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

/** The first thing that is wrong, in a sentence; null when the debate can be held. */
export function planFault(plan: DebatePlan): string | null {
  const { speakers, aiSide, rebuttalRounds, turnMs, statementsATurn, hosts } = plan;
  const all = speakersOf(plan);
  if (SIDES.some((side) => side !== aiSide && speakers[side].length === 0)) return "A side has nobody to speak for it.";
  if (aiSide !== null && speakers[aiSide].length > 0) return "The AI is alone on its side.";
  if (SIDES.some((side) => speakers[side].length > SPEAKERS_MAX)) return `A side has at most ${SPEAKERS_MAX} speakers.`;
  if (new Set(all).size < all.length) return "Everyone speaks on one side, once.";
  if (hosts.length === 0) return "Nobody would steer it.";
  if (!isBetween(rebuttalRounds, REBUTTAL_ROUNDS_MIN, REBUTTAL_ROUNDS_MAX)) {
    return `There are ${REBUTTAL_ROUNDS_MIN} to ${REBUTTAL_ROUNDS_MAX} rounds of rebuttal.`;
  }
  if (!ROUND_KINDS.every((round) => isBetween(turnMs[round], TURN_MS_MIN, TURN_MS_MAX))) {
    return `A turn lasts ${TURN_MS_MIN} to ${TURN_MS_MAX} ms.`;
  }
  return isBetween(statementsATurn, 1, STATEMENTS_A_TURN_MAX)
    ? null
    : `A turn has 1 to ${STATEMENTS_A_TURN_MAX} statements.`;
}
