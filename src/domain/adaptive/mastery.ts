/** How well a learner has mastered a skill, and how sure that is. */
import type { ReadableStatistics } from "./catalogue_statistics.ts";
import { type LearnerKnowledge, UNMET_SKILL } from "./learner_knowledge.ts";
import { sigmoid } from "./logistic.ts";

/** Of a learner's deviation on a skill nobody has seen them practise, in logits. */
const ABILITY_SPREAD = 1.5;
/** Normal quantile of a 90% interval. */
const INTERVAL_QUANTILE = 1.645;

export interface Mastery {
  /** Chance of a right answer on an average item of the skill. */
  readonly probability: number;
  /** The 90% interval around it. */
  readonly low: number;
  readonly high: number;
  /** How many answers on the skill it rests on. */
  readonly answers: number;
}

/** Half the width of the interval in logits, after answers of that much information (logits^-2). */
export function intervalReach(information: number): number {
  return INTERVAL_QUANTILE / Math.sqrt(1 / ABILITY_SPREAD ** 2 + information);
}

/**
 * Ability against the difficulty of the skill. The interval narrows with the information of the answers, the sum of
 * `p (1 - p)` (Fisher information of the logistic model): answers whose outcome was certain tell little.
 * A right answer raises `probability` and `low`, under the same statistics.
 */
export function masteryOf(knowledge: LearnerKnowledge, statistics: ReadableStatistics, skill: number): Mastery {
  const { ability, answers, information } = knowledge.skills.get(skill) ?? UNMET_SKILL;
  const logit = knowledge.ability + ability - statistics.skillDifficulty(skill);
  const reach = intervalReach(information);
  return { probability: sigmoid(logit), low: sigmoid(logit - reach), high: sigmoid(logit + reach), answers };
}

/** Standard error of the chance, as its interval tells. */
export function errorOf({ low, high }: Mastery): number {
  return (high - low) / (2 * INTERVAL_QUANTILE);
}
