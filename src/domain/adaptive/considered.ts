/** An item that took part in the draw, as receipts keep it. */
import type { ScoreTerms } from "./score.ts";

/** An item that took part in the draw. */
export interface Considered {
  readonly itemId: string;
  /** Predicted probability of a right answer. */
  readonly probability: number;
  readonly terms: ScoreTerms;
  /** `scoreOf` the terms, under the weights of the choice. */
  readonly score: number;
}
