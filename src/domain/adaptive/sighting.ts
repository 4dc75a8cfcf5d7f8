/** What was known of an item when it was chosen for a learner; their answer is learnt from on this basis. */
import type { ItemPlace } from "./answered.ts";
import { FEATURES } from "./encode.ts";

/** Plain JSON: it travels with the item, the answer and the learner's record of it. */
export interface Sighting {
  readonly place: ItemPlace;
  /** Elo difficulty in logits, under the statistics of that moment. */
  readonly difficulty: number;
  /** The {@link FEATURES} numbers that the network read, rounded to 1e-4. */
  readonly features: readonly number[];
}

/** An answer as the network reads it. */
export interface NetworkAnswer {
  readonly features: readonly number[];
  readonly correct: boolean;
}

/** Four decimals are far finer than a feature's meaning, and a third of the bytes in the journal. */
const DECIMALS_FACTOR = 1e4;

/** Row number `row` of encoded features, ready to be stored. */
export function storedFeatures(features: Float32Array, row: number): readonly number[] {
  const numbers = features.subarray(row * FEATURES, (row + 1) * FEATURES);
  return Array.from(numbers, (feature) => Math.round(feature * DECIMALS_FACTOR) / DECIMALS_FACTOR);
}
