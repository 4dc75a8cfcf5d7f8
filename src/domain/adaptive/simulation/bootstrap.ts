/** Intervals by resampling learners: whole runs are drawn again, so nothing is assumed of how they are spread. */
import { randomFrom } from "../../random.ts";

const RESAMPLES = 2_000;
/** Of a 95% interval. */
const TAIL = 0.025;

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Percentile bootstrap (Efron and Tibshirani, "An introduction to the bootstrap", 1993, ch. 13).
 * @param statistic of a sample, given as which learners it holds, each 0 to `learners - 1`, repeats included
 */
export function bootstrap(learners: number, statistic: (sample: readonly number[]) => number, seed: number): Interval {
  const random = randomFrom(seed);
  const everyone = Array.from({ length: learners }, (_, i) => i);
  const values = Array.from(
    { length: RESAMPLES },
    () => statistic(everyone.map(() => Math.floor(random() * learners))),
  ).sort((a, b) => a - b);
  const quantile = (share: number) => values[Math.round(share * (RESAMPLES - 1))] ?? NaN;
  return { value: statistic(everyone), low: quantile(TAIL), high: quantile(1 - TAIL) };
}
