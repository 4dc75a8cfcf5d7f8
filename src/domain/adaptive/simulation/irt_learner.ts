/** A learner by item response theory whose abilities grow with practice. */
import type { Course, Item } from "../../curriculum/course.ts";
import { difficultyLogit } from "../elo.ts";
import { sigmoid } from "../logistic.ts";
import { normalAround, type Random, uniformBetween } from "./draws.ts";
import type { SimulatedLearner } from "./simulated_learner.ts";

/** Abilities at the start, in logits: of learners, and of one learner's skills around it. */
const LEARNER_ABILITY = { mean: -1, deviation: 0.7 } as const;
const SKILL_DEVIATION = 0.7;
/** How far items truly are from the difficulty their author gave them, in logits. */
const ITEM_DEVIATION = 0.5;
/** Gain of ability in logits, of one learner, after a right and after a wrong answer. */
const GAIN_RIGHT = { min: 0.15, max: 0.3 } as const;
const GAIN_WRONG = { min: 0.05, max: 0.15 } as const;
/** Mastered: a middling item of the skill would be answered right four times in five. */
const MASTERY = { difficulty: 3, probabilityMin: 0.8 } as const;

/**
 * Rasch (1960): `P(right) = 1 / (1 + e^(b - θ))`, θ the mean ability of the item's skills. Learning as in performance
 * factors analysis (Pavlik, Cen and Koedinger, AIED 2009): θ rises by one amount after a right answer and by another,
 * smaller, after a wrong one. Nothing is forgotten; prerequisites play no part.
 */
export function newIrtLearner(course: Course, random: Random): SimulatedLearner {
  const overall = normalAround(random, LEARNER_ABILITY.mean, LEARNER_ABILITY.deviation);
  const gainRight = uniformBetween(random, GAIN_RIGHT.min, GAIN_RIGHT.max);
  const gainWrong = uniformBetween(random, GAIN_WRONG.min, GAIN_WRONG.max);
  const abilities = new Map(course.skills.map(({ id }) => [id, normalAround(random, overall, SKILL_DEVIATION)]));
  const difficulties = new Map(course.items.map(({ id, difficulty }) => [
    id,
    normalAround(random, difficultyLogit(difficulty), ITEM_DEVIATION),
  ]));
  const abilityIn = (skillId: string) => abilities.get(skillId) ?? overall;
  return {
    hasMastered: (id) => sigmoid(abilityIn(id) - difficultyLogit(MASTERY.difficulty)) >= MASTERY.probabilityMin,
    probabilityRight({ id, skills, difficulty }: Item) {
      const ability = skills.reduce((sum, skill) => sum + abilityIn(skill), 0) / Math.max(1, skills.length);
      return sigmoid(ability - (difficulties.get(id) ?? difficultyLogit(difficulty)));
    },
    practise({ skills }, correct) {
      const gain = (correct ? gainRight : gainWrong) / Math.max(1, skills.length);
      for (const skill of skills) abilities.set(skill, abilityIn(skill) + gain);
    },
  };
}
