/** A learner who looks for partners: what they wish, and what is known of them. */

export const GROUP_SIZE_MIN = 2;
export const GROUP_SIZE_MAX = 8;

/** A skill as the learner stands in it. */
export interface SkillStanding {
  readonly skillId: string;
  readonly title: string;
  /** Chance of a right answer on an average item of it, 0 to 1. */
  readonly probability: number;
  /** Standard error of that chance. */
  readonly error: number;
}

/** One learner as matching sees them. */
export interface Candidate {
  readonly userId: string;
  /** Skills to work on, all of which `standing` has; none named: all that it has. */
  readonly wished: readonly string[];
  readonly standing: readonly SkillStanding[];
  /** Group sizes, themselves included, that will do. */
  readonly sizeMin: number;
  readonly sizeMax: number;
  /** With whom they will not be put together. */
  readonly notAgain: readonly string[];
  /** How much of their wait is over, 0 to 1. */
  readonly waited: number;
}

/** Who have been put together before, by {@link pairKey}. */
export type MetPairs = ReadonlySet<string>;

/** Two people, in either order. */
export function pairKey(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
