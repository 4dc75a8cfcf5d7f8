/** The levels that points lead to. */

/**
 * Points at which each level begins, level 1 first. Each step is a quarter wider than the one before, rounded to tens:
 * an hour or two of practice for the first steps, about a school year of steady work for the last.
 */
export const LEVEL_STARTS: readonly number[] = [
  0,
  50,
  110,
  190,
  290,
  410,
  560,
  750,
  990,
  1_290,
  1_660,
  2_130,
  2_710,
  3_440,
  4_350,
  5_490,
  6_910,
  8_690,
  10_910,
  13_690,
];

export interface LevelStanding {
  /** From 1. */
  readonly level: number;
  readonly startsAt: number;
  /** Points at which the next one begins; null on the last. */
  readonly nextAt: number | null;
}

/** The level that `points` have reached. */
export function levelOf(points: number): LevelStanding {
  const level = Math.max(1, LEVEL_STARTS.findLastIndex((start) => start <= points) + 1);
  return { level, startsAt: LEVEL_STARTS[level - 1] ?? 0, nextAt: LEVEL_STARTS[level] ?? null };
}
