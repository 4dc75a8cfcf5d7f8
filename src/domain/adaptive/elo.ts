/**
 * Elo ratings of learners against items: abilities in logits that every answer moves.
 * After Pelánek, "Applications of the Elo rating system in adaptive educational systems", Computers & Education 98
 * (2016): logistic expectation, step sizes shrinking as U(n) = a / (1 + b n).
 */
import type { Difficulty } from "../curriculum/rendered_item.ts";
import { entryOf } from "../entry_of.ts";
import type { Abilities } from "./prediction.ts";

/** One rating: an ability in logits and how many answers formed it. */
export interface Rating {
  readonly ability: number;
  readonly answers: number;
}

export const NEW_RATING: Rating = { ability: 0, answers: 0 };
export const UNKNOWN_ABILITIES: Abilities = { overall: NEW_RATING, skills: {} };

/** Logits between neighbouring difficulties as authored; difficulty 3 is even for the average learner. */
const LOGITS_PER_DIFFICULTY = 1;
const OVERALL_STEP_MAX = 0.5;
const SKILL_STEP_MAX = 0.8;
const STEP_SHRINK = 0.05;

/** An authored difficulty in logits. */
export function difficultyLogit(difficulty: Difficulty): number {
  return LOGITS_PER_DIFFICULTY * (difficulty - 3);
}

/** A learner's ability at an item: overall plus the mean of its skills' deviations, in logits. */
function abilityAt(abilities: Abilities, skills: readonly string[]): number {
  if (skills.length === 0) return abilities.overall.ability;
  const sum = skills.reduce((total, skill) => total + (abilities.skills[skill]?.ability ?? 0), 0);
  return abilities.overall.ability + sum / skills.length;
}

/** Probability of a right answer: `1 / (1 + e^(difficulty - ability))`. */
export function successProbability(abilities: Abilities, skills: readonly string[], difficulty: Difficulty): number {
  return 1 / (1 + Math.exp(difficultyLogit(difficulty) - abilityAt(abilities, skills)));
}

function moved(rating: Rating, stepMax: number, residual: number): Rating {
  const step = stepMax / (1 + STEP_SHRINK * rating.answers);
  return { ability: rating.ability + step * residual, answers: rating.answers + 1 };
}

/**
 * The abilities after one answer: overall and each skill practised move by their step times (outcome - expected).
 * @param outcome 0 to 1
 */
export function afterAnswer(
  abilities: Abilities,
  skills: readonly string[],
  difficulty: Difficulty,
  outcome: number,
): Abilities {
  const residual = outcome - successProbability(abilities, skills, difficulty);
  const bySkill = { ...abilities.skills };
  for (const skill of skills) {
    bySkill[skill] = moved(entryOf(bySkill, skill) ?? NEW_RATING, SKILL_STEP_MAX, residual);
  }
  return { overall: moved(abilities.overall, OVERALL_STEP_MAX, residual), skills: bySkill };
}

/** A graded answer: right or wrong, and its score, 0 to 1, with hints taken off. */
export interface Graded {
  readonly correct: boolean;
  readonly score: number;
}

/**
 * The abilities after a graded answer. Its score is the outcome, but a right answer, with however many hints, never
 * counts for less than was expected: it lowers no ability.
 */
export function afterGraded(
  abilities: Abilities,
  skills: readonly string[],
  difficulty: Difficulty,
  { correct, score }: Graded,
): Abilities {
  const least = correct ? successProbability(abilities, skills, difficulty) : 0;
  return afterAnswer(abilities, skills, difficulty, Math.max(score, least));
}
