/** A learner as the knowledge model's own record shows them, against the statistics of the course. */
import type { KnowledgeReading } from "./knowledge_reading.ts";
import type { LearnerKnowledge } from "./learner_knowledge.ts";
import { masteryOf } from "./mastery.ts";
import type { PublishedStatistics } from "./published_statistics.ts";

/** A skill that no listed item practises has no number: it reads as one never answered. */
const UNLISTED = -1;
/** So many answers later a row of right ones tells nothing any more that the rating does not. */
const ROW_TELLS_ANSWERS = 50;

export function readStatistics(knowledge: LearnerKnowledge, published: PublishedStatistics): KnowledgeReading {
  const { statistics } = published;
  const numberOf = (skillId: string) => published.skillNumber(skillId) ?? UNLISTED;
  return {
    answers: knowledge.answers,
    masteryOf: (skillId) => masteryOf(knowledge, statistics, numberOf(skillId)),
    rightInARow(skillId) {
      const skill = knowledge.skills.get(numberOf(skillId));
      return skill === undefined || knowledge.answers - skill.metAt > ROW_TELLS_ANSWERS ? 0 : skill.rightInARow;
    },
    timesAnswered(item) {
      const place = published.placeOf(item);
      return place === null ? 0 : statistics.itemAnswers(place.item);
    },
  };
}
