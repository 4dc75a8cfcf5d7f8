/** Weighs the eligible items against each other and draws one, leaving a receipt. */
import type { Course, Item } from "../curriculum/course.ts";
import type { Difficulty } from "../curriculum/rendered_item.ts";
import { randomFrom } from "../random.ts";
import type { DueReview } from "./due_review.ts";
import type { Eligible, MetItem } from "./eligible_items.ts";
import { successProbability } from "./elo.ts";
import type { Abilities, Prediction } from "./prediction.ts";
import { interestTerm, presentationTerm } from "./preference_terms.ts";
import type { LearnerPreferences } from "./preferences.ts";
import { rightInARow } from "./right_in_a_row.ts";
import { scoreOf, type ScoreTerms, type ScoreWeights, storedNumber, storedTerms } from "./score.ts";

/** Items that take part in the draw; the rest score lower than all of these. */
const CONSIDERED_MAX = 12;

/** What each term counts. */
const ADAPTIVE_WEIGHTS: ScoreWeights = {
  target: 1,
  gain: 1,
  goal: 0.06,
  review: 0.1,
  repeatedItem: -0.3,
  repeatedSkills: -0.1,
  newSkill: 0.06,
  presentation: 0.02,
  interest: 0.02,
  wishSteps: -0.06,
};

/** Differences of score much above this decide; smaller ones leave it to chance. */
const TEMPERATURE = 0.03;
const SKILL_MEMORY_ITEMS = 3;

/** A skill counts as mastered in proportion to this many right answers in a row, whatever its rating. */
const MASTERY_IN_A_ROW = 4;
/** Otherwise by the probability of a right answer to an item of this difficulty. */
const MASTERY_DIFFICULTY = 3;

export interface ChoiceQuestion {
  readonly course: Course;
  readonly eligible: Eligible;
  /** One probability an eligible item, same order. */
  readonly prediction: Prediction;
  readonly abilities: Abilities;
  readonly topic: string | null;
  /** The learner's wish; null lets ability decide. */
  readonly difficulty: Difficulty | null;
  readonly history: readonly MetItem[];
  readonly targetProbability: number;
  readonly preferences: LearnerPreferences;
  /** Most overdue first. */
  readonly reviews: readonly DueReview[];
  /** Unsigned 32 bits; the same question with the same seed is answered the same. */
  readonly seed: number;
}

interface Weighed extends Considered {
  readonly item: Item;
}

/** An item that took part in the draw. */
export interface Considered {
  readonly itemId: string;
  /** Predicted probability of a right answer. */
  readonly probability: number;
  readonly terms: ScoreTerms;
  /** {@link scoreOf} the terms, under the weights of the choice. */
  readonly score: number;
}

export interface Choice {
  readonly item: Item;
  readonly reason: string;
  /** Best first. */
  readonly considered: readonly Considered[];
  readonly weights: ScoreWeights;
  /** Probability with which this item was drawn among those considered. */
  readonly propensity: number;
}

export class PredictionMismatchError extends Error {
  override readonly name = "PredictionMismatchError";
}

function practisesNewSkill(item: Item, abilities: Abilities): boolean {
  return item.skills.some((skill) => (abilities.skills[skill]?.answers ?? 0) === 0);
}

/** Mean over the item's skills of `1 - (1 - p) (1 - r / MASTERY_IN_A_ROW)`: p by rating, r right answers in a row. */
function nearnessToMastery({ skills }: Item, abilities: Abilities, history: readonly MetItem[]): number {
  const left = (skill: string) =>
    (1 - successProbability(abilities, [skill], MASTERY_DIFFICULTY)) *
    (1 - Math.min(1, rightInARow(history, skill) / MASTERY_IN_A_ROW));
  return skills.reduce((sum, skill) => sum + 1 - left(skill), 0) / Math.max(1, skills.length);
}

/** Of the item's skills that are due, how likely the one most at risk is forgotten. */
function reviewTerm({ skills }: Item, reviews: readonly DueReview[]): number {
  const due = reviews.filter(({ skillId }) => skills.includes(skillId));
  return due.reduce((most, { retrievability }) => Math.max(most, 1 - retrievability), 0);
}

/** 1 at the latest turn, fading with the turns since. */
function repeatedItem(item: Item, history: readonly MetItem[]): number {
  const lastMet = history.findLastIndex((met) => met.itemId === item.id);
  return lastMet < 0 ? 0 : 1 / (history.length - lastMet);
}

function repeatedSkills(item: Item, history: readonly MetItem[]): number {
  const recent = history.slice(-SKILL_MEMORY_ITEMS);
  return recent.filter((met) => item.skills.every((skill) => met.skills.includes(skill))).length / SKILL_MEMORY_ITEMS;
}

function weigh(question: ChoiceQuestion, item: Item, predicted: number): Weighed {
  const { difficulty, topic, abilities, history, targetProbability, preferences, reviews } = question;
  const probability = storedNumber(predicted);
  const terms = storedTerms({
    target: 1 - Math.abs(probability - targetProbability),
    gain: 1 - nearnessToMastery(item, abilities, history),
    goal: topic !== null && item.skills.includes(topic) ? 1 : 0,
    information: 0,
    review: reviewTerm(item, reviews),
    repeatedItem: repeatedItem(item, history),
    repeatedSkills: repeatedSkills(item, history),
    newSkill: practisesNewSkill(item, abilities) ? 1 : 0,
    exposure: 0,
    presentation: presentationTerm(item, preferences),
    interest: interestTerm(item, preferences),
    wishSteps: difficulty === null ? 0 : Math.abs(item.difficulty - difficulty),
  });
  return { item, itemId: item.id, probability, terms, score: scoreOf(ADAPTIVE_WEIGHTS, terms) };
}

/** Draws by softmax: `P(i) ∝ e^(score_i / TEMPERATURE)`, best first; null when there is none. */
export function drawOne<One extends { readonly score: number }>(
  weighed: readonly One[],
  seed: number,
): { readonly drawn: One; readonly propensity: number } | null {
  const best = weighed[0];
  if (best === undefined) return null;
  const weights = weighed.map(({ score }) => Math.exp((score - best.score) / TEMPERATURE));
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

function reasonFor(question: ChoiceQuestion, chosen: Weighed): string {
  const { course, eligible, abilities, targetProbability } = question;
  const titles = chosen.item.skills.map((id) => course.skills.find((skill) => skill.id === id)?.title ?? id).join(", ");
  if (eligible.prerequisitesUnmet > 0) {
    return `Practises ${titles}: of what is left it needs the least that you have not met yet.`;
  }
  if (practisesNewSkill(chosen.item, abilities)) return `Starts something new: ${titles}.`;
  const away = chosen.probability - targetProbability;
  const level = away < -0.1 ? "a stretch" : away > 0.1 ? "a safe step" : "about the right challenge";
  return `Practises ${titles}, ${level}: we expect a right answer about ${
    Math.round(chosen.probability * 100)
  } times in 100.`;
}

/**
 * Chooses among the eligible items; null when there is none.
 * Throws {@link PredictionMismatchError} when the prediction does not cover them.
 */
export function chooseNextItem(question: ChoiceQuestion): Choice | null {
  const { eligible, prediction, seed } = question;
  if (prediction.probabilities.length !== eligible.items.length) {
    throw new PredictionMismatchError(
      `${prediction.model} answered ${prediction.probabilities.length} of ${eligible.items.length} candidates`,
    );
  }
  const weighed = eligible.items
    .map((item, i) => weigh(question, item, prediction.probabilities[i] ?? 0))
    .sort((a, b) => b.score - a.score || (a.item.id < b.item.id ? -1 : 1))
    .slice(0, CONSIDERED_MAX);
  const outcome = drawOne(weighed, seed);
  if (outcome === null) return null;
  return {
    item: outcome.drawn.item,
    reason: reasonFor(question, outcome.drawn),
    considered: weighed.map(({ itemId, probability, terms, score }) => ({ itemId, probability, terms, score })),
    weights: ADAPTIVE_WEIGHTS,
    propensity: outcome.propensity,
  };
}
