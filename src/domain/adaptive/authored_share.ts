/** How much of an item's difficulty is still its author's word, and kept from the network, which knows answers alone. */
import type { Difficulty } from "../curriculum/rendered_item.ts";
import type { ReadableStatistics } from "./catalogue_statistics.ts";
import { difficultyLogit } from "./elo.ts";

/** After so many answers, half of it. */
const AUTHORED_ANSWERS = 5;
/** Authors part their items further than answers do: of their logit a step, half is believed. */
const AUTHORED_WEIGHT = 0.5;

/**
 * The author's share of an item's difficulty, in logits: `a / 2 · 5 / (5 + n)` of `a` as authored, after `n` answers.
 * Ratings begin as authored. In what the network was trained on a difficulty only ever came from answers: one without
 * any would mislead it, so this share is taken out of what it reads and off its answer.
 */
export function authoredShare(statistics: ReadableStatistics, item: number, difficulty: Difficulty): number {
  const share = AUTHORED_ANSWERS / (AUTHORED_ANSWERS + statistics.itemAnswers(item));
  return AUTHORED_WEIGHT * share * difficultyLogit(difficulty);
}
