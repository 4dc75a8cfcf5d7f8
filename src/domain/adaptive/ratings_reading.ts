/** A learner as Elo ratings on authored difficulties show them: all there is where a course's statistics are not. */
import { successProbability } from "./elo.ts";
import type { KnowledgeReading } from "./knowledge_reading.ts";
import { intervalReach, type Mastery } from "./mastery.ts";
import { logOdds, sigmoid } from "./logistic.ts";
import type { MetItem } from "./met_item.ts";
import type { Abilities } from "./prediction.ts";
import { rightInARow } from "./right_in_a_row.ts";

/** An average item is one of this authored difficulty. */
const AVERAGE_DIFFICULTY = 3;
/** Fisher information of an answer, `p (1 - p)`, for those near the usual target of three right in four. */
const INFORMATION_PER_ANSWER = 0.1875;

/** An ability against an item of average difficulty, which is even for an ability of 0. */
export function ratedMastery(ability: number, answers: number): Mastery {
  const reach = intervalReach(INFORMATION_PER_ANSWER * answers);
  return { probability: sigmoid(ability), low: sigmoid(ability - reach), high: sigmoid(ability + reach), answers };
}

/** @param history of this session, latest last: ratings do not know the order of answers */
export function readRatings(abilities: Abilities, history: readonly MetItem[]): KnowledgeReading {
  const rows = rightInARow(history);
  const answersOn = (skillId: string) => abilities.skills[skillId]?.answers ?? 0;
  return {
    answers: Object.keys(abilities.skills).reduce((sum, skillId) => sum + answersOn(skillId), 0),
    masteryOf(skillId) {
      return ratedMastery(logOdds(successProbability(abilities, [skillId], AVERAGE_DIFFICULTY)), answersOn(skillId));
    },
    rightInARow: (skillId) => rows.get(skillId) ?? 0,
    timesAnswered: () => 0,
  };
}
