/**
 * One memory as FSRS has it: how long it lasts, how hard it is to strengthen, and when it was last used.
 * FSRS-6 with the default parameters of ts-fsrs. Only its formulas are used: no clock, no fuzz, no learning steps.
 */
import { FSRSAlgorithm, type Grade, Rating } from "ts-fsrs";

/** Stability is the time, in days, after which it is remembered with probability .9; difficulty is 1 to 10. */
export type Card = readonly [stabilityDays: number, difficulty: number, usedAtS: number];

const DAY_S = 86_400;

/** Answers closer together than this belong to one sitting, which strengthens a memory as FSRS's same-day review does. */
export const SITTING_S_MAX = DAY_S / 2;

/** A memory is not asked for again sooner than this after its last use. */
const REVIEW_AFTER_DAYS_MIN = 1;

const FSRS = new FSRSAlgorithm({ enable_fuzz: false, enable_short_term: true });

/** Rounded before anything is worked out from it, so that a stored card goes on exactly as if it had not been stored. */
function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

function cardOf({ stability, difficulty }: { stability: number; difficulty: number }, usedAtS: number): Card {
  return [rounded(stability), rounded(difficulty), usedAtS];
}

/** Null while nothing was recalled: what was never known cannot be forgotten. */
export function firstCard(grade: Grade, atS: number): Card | null {
  return grade === Rating.Again ? null : cardOf(FSRS.next_state(null, 0, grade), atS);
}

/**
 * The card after one more answer. Within a sitting FSRS's short-term formula holds and no answer counts as more than
 * Good: right answers then bring stability up to about two days at most and never beyond what it was, so practising
 * long in one sitting is no long memory. A time before the last use counts as the time of that use.
 */
export function cardAfter([stability, difficulty, usedAtS]: Card, grade: Grade, atS: number): Card {
  const elapsedS = Math.max(0, atS - usedAtS);
  const memory = { stability, difficulty };
  const next = elapsedS < SITTING_S_MAX
    ? FSRS.next_state(memory, 0, grade === Rating.Easy ? Rating.Good : grade)
    : FSRS.next_state(memory, elapsedS / DAY_S, grade);
  return cardOf(next, usedAtS + elapsedS);
}

/** Probability that it is remembered at `nowMs`, 0 to 1. */
export function retrievabilityAt([stability, , usedAtS]: Card, nowMs: number): number {
  return FSRS.forgetting_curve(Math.max(0, nowMs / 1000 - usedAtS) / DAY_S, stability);
}

/** When the probability of remembering has come down to .9, a day after the last use at the soonest. */
export function dueAtMsOf([stability, , usedAtS]: Card): number {
  return Math.round((usedAtS + Math.max(stability, REVIEW_AFTER_DAYS_MIN) * DAY_S) * 1000);
}
