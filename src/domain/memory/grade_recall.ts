/** What an answer says of the memory behind it, as one of FSRS's four grades. */
import { type Grade, Rating } from "ts-fsrs";
import { HINT_RUNGS } from "../session/limits.ts";

/** A learner's usual time for a right answer on a skill: the running mean of the logarithm of 1 + seconds. */
export type UsualTime = readonly [logSecondsMean: number, times: number];

export const NO_USUAL_TIME: UsualTime = [0, 0];

/** Beyond so many times the mean follows the learner's latest ones. */
const TIMES_COUNTED_MAX = 10;
/** With fewer times nothing is called fast or slow. */
const TIMES_MIN = 5;
/** Half or twice the usual time. */
const LOG_FACTOR = Math.LN2;

export interface Recall {
  readonly correct: boolean;
  readonly hintsUsed: number;
  /** Null where it says nothing: the pace was not the learner's own. */
  readonly responseMs: number | null;
}

function logSeconds(responseMs: number): number {
  return Math.log1p(Math.max(0, responseMs) / 1000);
}

/**
 * Wrong, or right after the last hint, which nearly tells: Again. Right after fewer hints: Hard. Right by oneself:
 * Good; Hard when it took twice the learner's usual time on the skill, Easy when it took half of it.
 */
export function gradeRecall({ correct, hintsUsed, responseMs }: Recall, [logSecondsMean, times]: UsualTime): Grade {
  if (!correct || hintsUsed >= HINT_RUNGS) return Rating.Again;
  if (hintsUsed > 0) return Rating.Hard;
  if (responseMs === null || times < TIMES_MIN) return Rating.Good;
  const slower = logSeconds(responseMs) - logSecondsMean;
  if (slower > LOG_FACTOR) return Rating.Hard;
  return slower < -LOG_FACTOR ? Rating.Easy : Rating.Good;
}

/** The usual time after one more answer; only right ones say how long recalling takes. */
export function usualTimeAfter(usual: UsualTime, { correct, responseMs }: Recall): UsualTime {
  if (!correct || responseMs === null) return usual;
  const [mean, times] = usual;
  const counted = Math.min(times + 1, TIMES_COUNTED_MAX);
  const moved = mean + (logSeconds(responseMs) - mean) / counted;
  return [Math.round(moved * 1e3) / 1e3, counted];
}
