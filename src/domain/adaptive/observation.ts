/** What one answer teaches, fixed before anyone has learnt it. */
import type { Answered } from "./answered.ts";

/** Plain JSON, so that it can travel from the learner's actor to the course's. */
export interface Observation {
  readonly answered: Answered;
  /** Elo's probability of a right answer, before the answer. */
  readonly expected: number;
  /** As `writeContexts` and `writePairContexts` give them, without those that are none. */
  readonly contexts: readonly number[];
}
