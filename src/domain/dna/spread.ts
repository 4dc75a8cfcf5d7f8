/** A running mean and variance in three numbers, after Welford (1962); two are merged after Chan et al. (1979). */
import { type Interval, plainInterval } from "./interval.ts";

/** `squares` is the sum of squared deviations from the mean. Plain JSON. */
export type Spread = readonly [count: number, mean: number, squares: number];

export const NO_SPREAD: Spread = [0, 0, 0];

export function withValue([count, mean, squares]: Spread, value: number): Spread {
  const counted = count + 1;
  const moved = mean + (value - mean) / counted;
  return [counted, moved, squares + (value - mean) * (value - moved)];
}

/** The spread of both samples together. */
export function merged(a: Spread, b: Spread): Spread {
  const count = a[0] + b[0];
  if (count === 0) return NO_SPREAD;
  const apart = b[1] - a[1];
  return [count, a[1] + apart * b[0] / count, a[2] + b[2] + apart ** 2 * a[0] * b[0] / count];
}

/** Variance of the sample; 0 below two values, which have none. */
export function varianceOf([count, , squares]: Spread): number {
  return count < 2 ? 0 : squares / (count - 1);
}

/**
 * 95% quantiles of Student's t by degrees of freedom from 1, for 90% intervals; beyond them the first two terms of the
 * Cornish-Fisher expansion are right to 1e-3.
 */
const T_QUANTILES = [6.314, 2.92, 2.353, 2.132, 2.015, 1.943, 1.895, 1.86, 1.833, 1.812] as const;
const NORMAL_QUANTILE = 1.6449;

function tQuantile(freedom: number): number {
  const z = NORMAL_QUANTILE;
  return T_QUANTILES[freedom - 1] ??
    z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2);
}

/** Student's 90% interval of the mean, `mean ± t sd / √n`, of two values or more. */
export function studentInterval(spread: Spread): Interval {
  const [count, mean] = spread;
  return plainInterval(mean, tQuantile(count - 1) * Math.sqrt(varianceOf(spread) / count));
}
