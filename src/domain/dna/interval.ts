/** A value between the ends of its 90% interval. */

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Normal quantile of a 90% interval. */
export const QUANTILE_90 = 1.6449;

export function plainInterval(value: number, reach: number): Interval {
  return { value, low: value - reach, high: value + reach };
}

/** Each end and the value through a rising function. */
export function through({ value, low, high }: Interval, rising: (x: number) => number): Interval {
  return { value: rising(value), low: rising(low), high: rising(high) };
}

/**
 * A share with Wilson's 90% score interval ("Probable inference, the law of succession, and statistical inference",
 * 1927), which stays within 0 and 1 and has a width even where all or none were hits.
 * @param of more than 0
 */
export function wilsonInterval(hits: number, of: number): Interval {
  const share = hits / of;
  const square = QUANTILE_90 ** 2 / of;
  const centre = (share + square / 2) / (1 + square);
  const reach = QUANTILE_90 * Math.sqrt(share * (1 - share) / of + square / (4 * of)) / (1 + square);
  return { value: share, low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
}
