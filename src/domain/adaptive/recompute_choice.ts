/** Makes a choice from what its receipt holds, when it is made and whenever it is made again. */
import { randomFrom } from "../random.ts";
import type { Considered } from "./considered.ts";
import { scoreOf, type ScoreWeights } from "./score.ts";

/** What a receipt holds of the weighing. */
export interface WeighedChoice {
  readonly considered: readonly Considered[];
  readonly weights: ScoreWeights;
  readonly temperature: number;
  readonly seed: number;
}

export interface RecomputedChoice {
  readonly itemId: string;
  readonly propensity: number;
  /** Of the items considered, same order. */
  readonly scores: readonly number[];
}

/** Draws by softmax: `P(i) ∝ e^(score_i / temperature)`, best first; null when there is none. */
function drawOne<One extends { readonly score: number }>(
  weighed: readonly One[],
  temperature: number,
  seed: number,
): { readonly drawn: One; readonly propensity: number } | null {
  const best = weighed[0];
  if (best === undefined) return null;
  const weights = weighed.map(({ score }) => Math.exp((score - best.score) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = randomFrom(seed)() * total;
  for (const [i, candidate] of weighed.entries()) {
    const weight = weights[i] ?? 0;
    left -= weight;
    if (left < 0) return { drawn: candidate, propensity: weight / total };
  }
  // Rounding can leave a sliver of `left` after the last weight; it belongs to the best.
  return { drawn: best, propensity: 1 / total };
}

/** Weighs and draws; null when nothing was considered. Receipts that hold no weights keep their stored scores. */
export function recomputeChoice({ considered, weights, temperature, seed }: WeighedChoice): RecomputedChoice | null {
  const isRecorded = Object.keys(weights).length > 0;
  const weighed = considered.map(({ itemId, terms, score }) => ({
    itemId,
    score: isRecorded ? scoreOf(weights, terms) : score,
  }));
  const outcome = drawOne(weighed, temperature, seed);
  if (outcome === null) return null;
  return {
    itemId: outcome.drawn.itemId,
    propensity: outcome.propensity,
    scores: weighed.map(({ score }) => score),
  };
}
