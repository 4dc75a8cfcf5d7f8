/** Percentiles of measured times, as text. */

/** Such as `p50    1.20 ms  p99    4.71 ms`; by the nearest rank below. */
export function percentilesMs(valuesMs: readonly number[], ranks: readonly number[]): string {
  const sorted = valuesMs.toSorted((a, b) => a - b);
  return ranks.map((rank) => {
    const value = sorted[Math.floor((rank / 100) * (sorted.length - 1))] ?? NaN;
    return `p${rank} ${value.toFixed(2).padStart(7)} ms`;
  }).join("  ");
}
