/** Percentiles of measured times, as text. */

/** By the nearest rank below; NaN of nothing. */
export function percentile(values: readonly number[], rank: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((rank / 100) * (values.length - 1))] ?? NaN;
}

/** Such as `p50    1.20 ms  p99    4.71 ms`; by the nearest rank below. */
export function percentilesMs(valuesMs: readonly number[], ranks: readonly number[]): string {
  return ranks.map((rank) => `p${rank} ${percentile(valuesMs, rank).toFixed(2).padStart(7)} ms`).join("  ");
}
