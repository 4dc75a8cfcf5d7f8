/** Weighs the candidates against each other and draws one, leaving everything that a receipt needs. */
import type { Item } from "../curriculum/course.ts";
import type { Candidacy } from "./candidacy.ts";
import type { ChoiceSituation } from "./choice_situation.ts";
import type { Considered } from "./considered.ts";
import type { Prediction } from "./prediction.ts";
import { recomputeChoice } from "./recompute_choice.ts";
import { scoreOf, type ScoreWeights, storedNumber } from "./score.ts";
import { exposures, scoreTerms } from "./score_terms.ts";

/** Items that take part in the draw; the rest score lower than all of these. */
const CONSIDERED_MAX = 12;
/** Differences of score much above this decide; smaller ones leave it to chance. */
export const TEMPERATURE = 0.03;

export interface Weighed extends Considered {
  readonly item: Item;
}

export interface ChoiceQuestion {
  readonly situation: ChoiceSituation;
  readonly candidacy: Candidacy;
  /** One probability a candidate, same order. */
  readonly prediction: Prediction;
  readonly targetProbability: number;
  /** Unsigned 32 bits; the same question with the same seed is answered the same. */
  readonly seed: number;
}

export interface Choice {
  readonly drawn: Weighed;
  /** Best first. */
  readonly considered: readonly Considered[];
  readonly weights: ScoreWeights;
  readonly temperature: number;
  /** Probability with which `drawn` was drawn among those considered. */
  readonly propensity: number;
}

/** The prediction does not give each candidate a probability. */
export class PredictionMismatchError extends Error {
  override readonly name = "PredictionMismatchError";
}

function isProbability(value: number | undefined): value is number {
  return value !== undefined && value >= 0 && value <= 1;
}

/**
 * The candidates with their scores, best first.
 * Throws {@link PredictionMismatchError} unless the prediction gives each a probability.
 */
export function weigh({ situation, candidacy, prediction, targetProbability }: ChoiceQuestion): readonly Weighed[] {
  const { items, weights, settles } = candidacy;
  const { probabilities, model } = prediction;
  if (probabilities.length !== items.length || !probabilities.every(isProbability)) {
    throw new PredictionMismatchError(`${model} did not give each of ${items.length} candidates a probability`);
  }
  const exposed = exposures(situation, items);
  const weighed = items.map((item, i) => {
    const probability = storedNumber(probabilities[i] ?? 0);
    const facts = { probability, targetProbability, exposure: exposed[i] ?? 0, settles };
    const terms = scoreTerms(situation, item, facts);
    return { item, itemId: item.id, probability, terms, score: scoreOf(weights, terms) };
  });
  return weighed.sort((a, b) => b.score - a.score || (a.itemId < b.itemId ? -1 : 1));
}

/**
 * Chooses among the candidates; null when there is none. It draws from the receipt's own numbers, so whoever reads them
 * draws the same. Throws as {@link weigh} does.
 */
export function chooseNextItem(question: ChoiceQuestion): Choice | null {
  const weighed = weigh(question).slice(0, CONSIDERED_MAX);
  const receipt = {
    considered: weighed.map(({ itemId, probability, terms, score }) => ({ itemId, probability, terms, score })),
    weights: question.candidacy.weights,
    temperature: TEMPERATURE,
  };
  const outcome = recomputeChoice({ ...receipt, seed: question.seed });
  const drawn = weighed.find(({ itemId }) => itemId === outcome?.itemId);
  return outcome === null || drawn === undefined ? null : { drawn, ...receipt, propensity: outcome.propensity };
}
