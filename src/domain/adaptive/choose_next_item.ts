/** Weighs the eligible items against each other and draws one, leaving a receipt. */
import type { Course, Item } from "../curriculum/course.ts";
import type { Difficulty } from "../curriculum/rendered_item.ts";
import { randomFrom } from "../random.ts";
import type { Eligible, MetItem } from "./eligible_items.ts";
import { successProbability } from "./elo.ts";
import type { Abilities, Prediction } from "./prediction.ts";
import { rightInARow } from "./right_in_a_row.ts";

/** Items that take part in the draw; the rest score lower than all of these. */
const CONSIDERED_MAX = 12;

/** Weights of the score, which is 1 for an item exactly at the target and otherwise neutral. */
const CHOICE_WEIGHTS = {
  /** A step of authored difficulty away from the learner's wish. */
  wishStep: -0.06,
  /** Nearness of its skills to mastery: where less is left to learn, practice gains less. */
  mastery: -1,
  /** Met at the latest turn; fades with the turns since. */
  metItem: -0.3,
  /** Share of the last three items that practised the same skills. */
  repeatedSkills: -0.1,
  /** Practises a skill the learner has never answered. */
  newSkill: 0.06,
  /** Practises the topic itself rather than what it rests on. */
  topic: 0.06,
} as const;

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
  /** Unsigned 32 bits; the same question with the same seed is answered the same. */
  readonly seed: number;
}

interface Weighed {
  readonly item: Item;
  readonly probability: number;
  readonly score: number;
}

/** An item that took part in the draw. */
export interface Considered {
  readonly itemId: string;
  readonly probability: number;
  readonly score: number;
}

export interface Choice {
  readonly item: Item;
  readonly reason: string;
  /** Best first. */
  readonly considered: readonly Considered[];
  /** Probability with which this item was drawn among those considered. */
  readonly propensity: number;
}

export class PredictionMismatchError extends Error {
  override readonly name = "PredictionMismatchError";
}

function variety(item: Item, history: readonly MetItem[]): number {
  const lastMet = history.findLastIndex((met) => met.itemId === item.id);
  const turnsSince = history.length - lastMet;
  const recent = history.slice(-SKILL_MEMORY_ITEMS);
  const alike = recent.filter((met) => item.skills.every((skill) => met.skills.includes(skill))).length;
  return (lastMet < 0 ? 0 : CHOICE_WEIGHTS.metItem / turnsSince) +
    CHOICE_WEIGHTS.repeatedSkills * (alike / SKILL_MEMORY_ITEMS);
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

function weigh(question: ChoiceQuestion, item: Item, probability: number): Weighed {
  const { difficulty, topic, abilities, history, targetProbability } = question;
  const wish = difficulty === null ? 0 : CHOICE_WEIGHTS.wishStep * Math.abs(item.difficulty - difficulty);
  const score = 1 - Math.abs(probability - targetProbability) + wish + variety(item, history) +
    CHOICE_WEIGHTS.mastery * nearnessToMastery(item, abilities, history) +
    (practisesNewSkill(item, abilities) ? CHOICE_WEIGHTS.newSkill : 0) +
    (topic !== null && item.skills.includes(topic) ? CHOICE_WEIGHTS.topic : 0);
  return { item, probability, score };
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
    considered: weighed.map(({ item, probability, score }) => ({ itemId: item.id, probability, score })),
    propensity: outcome.propensity,
  };
}
