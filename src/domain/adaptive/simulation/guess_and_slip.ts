/** Right answers of those who do not know a skill, and wrong ones of those who do, by authored difficulty. */
import type { Difficulty } from "../../curriculum/rendered_item.ts";

/**
 * Guess and slip belong to the item, not only to the skill: Pardos and Heffernan, "KT-IDEM: introducing item difficulty
 * to the knowledge tracing model", UMAP 2011. The numbers are assumed: around .2 and .1 for a middling item.
 */
const GUESS_AND_SLIP: { readonly [difficulty in Difficulty]: { readonly guess: number; readonly slip: number } } = {
  1: { guess: 0.3, slip: 0.04 },
  2: { guess: 0.25, slip: 0.07 },
  3: { guess: 0.2, slip: 0.1 },
  4: { guess: 0.15, slip: 0.14 },
  5: { guess: 0.1, slip: 0.2 },
};

/** Probability of a right answer to an item of this difficulty, its skills known or not. */
export function probabilityWhen(knowledge: "known" | "unknown", difficulty: Difficulty): number {
  const { guess, slip } = GUESS_AND_SLIP[difficulty];
  return knowledge === "known" ? 1 - slip : guess;
}
