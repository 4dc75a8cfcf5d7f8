/** Means over folds with the interval that the true mean lies in, 95 times of 100. */

export interface Estimate {
  /** Null when no fold has a figure. */
  readonly mean: number | null;
  /** Half the width of the 95% interval; null for a single fold, which has none. */
  readonly margin: number | null;
  /** How many folds have a figure: a fold of equal outcomes has no AUC. */
  readonly folds: number;
}

/** 97.5% quantiles of Student's t by degrees of freedom, from 1. */
const T_QUANTILES = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262] as const;

/** As many folds as the quantiles reach. */
export const FOLDS_MAX = T_QUANTILES.length + 1;

/** `mean ± t sd / √k` over the `k` values that are finite, of at most {@link FOLDS_MAX}. */
export function estimate(values: readonly number[]): Estimate {
  const finite = values.filter(Number.isFinite);
  const folds = finite.length;
  if (folds === 0) return { mean: null, margin: null, folds };
  const mean = finite.reduce((sum, value) => sum + value, 0) / folds;
  const quantile = T_QUANTILES[folds - 2];
  if (quantile === undefined) return { mean, margin: null, folds };
  const variance = finite.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (folds - 1);
  return { mean, margin: quantile * Math.sqrt(variance / folds), folds };
}
