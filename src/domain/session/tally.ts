/** A session's running counts, and the metrics read from them. */
import { entryOf } from "../entry_of.ts";
import type { Json } from "../json.ts";

/** Counters only: they do not grow with the number of answers. */
export interface Tally {
  readonly answered: number;
  readonly correct: number;
  readonly scoreSum: number;
  readonly responseMsSum: number;
  readonly hintsUsed: number;
  readonly skipped: number;
  /** Pauses excluded. */
  readonly timeOnTaskMs: number;
  readonly streak: number;
  readonly streakBest: number;
  readonly skills: { readonly [skillId: string]: { readonly answered: number; readonly correct: number } };
}

export const EMPTY_TALLY: Tally = {
  answered: 0,
  correct: 0,
  scoreSum: 0,
  responseMsSum: 0,
  hintsUsed: 0,
  skipped: 0,
  timeOnTaskMs: 0,
  streak: 0,
  streakBest: 0,
  skills: {},
};

/** The counts after one graded answer to an item that practises `skills`. */
export function withAnswer(
  tally: Tally,
  answer: { readonly correct: boolean; readonly score: number; readonly responseMs: number },
  skills: readonly string[],
): Tally {
  const right = answer.correct ? 1 : 0;
  const streak = answer.correct ? tally.streak + 1 : 0;
  const bySkill = { ...tally.skills };
  for (const skill of skills) {
    const before = entryOf(bySkill, skill) ?? { answered: 0, correct: 0 };
    bySkill[skill] = { answered: before.answered + 1, correct: before.correct + right };
  }
  return {
    ...tally,
    answered: tally.answered + 1,
    correct: tally.correct + right,
    scoreSum: tally.scoreSum + answer.score,
    responseMsSum: tally.responseMsSum + answer.responseMs,
    streak,
    streakBest: Math.max(tally.streakBest, streak),
    skills: bySkill,
  };
}

/** Rounded to four decimals: clients compare shares for equality. */
export function roundShare(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}

/** The metrics as clients see them; a mean of nothing is null. */
export function performanceMetrics(tally: Tally): Json {
  const { answered } = tally;
  const mean = (sum: number) => answered === 0 ? null : sum / answered;
  const accuracy = mean(tally.correct);
  const score = mean(tally.scoreSum);
  const responseMs = mean(tally.responseMsSum);
  return {
    answered,
    correct: tally.correct,
    accuracy: accuracy === null ? null : roundShare(accuracy),
    score_mean: score === null ? null : roundShare(score),
    hints_used: tally.hintsUsed,
    skipped: tally.skipped,
    mean_response_ms: responseMs === null ? null : Math.round(responseMs),
    time_on_task_ms: tally.timeOnTaskMs,
    streak: { current: tally.streak, best: tally.streakBest },
    skills: tally.skills,
  };
}
