/** What choosing an item may ask about a learner in a course, whatever their knowledge is kept as. */
import type { Item } from "../curriculum/course.ts";
import type { Mastery } from "./mastery.ts";

export interface KnowledgeReading {
  /** Answers in this course that it rests on. */
  readonly answers: number;
  masteryOf(skillId: string): Mastery;
  /** The latest right answers on the skill, back to a wrong one, if not long ago: they tell sooner than a rating. */
  rightInARow(skillId: string): number;
  /** How often all learners together have answered the item; 0 where that is not known. */
  timesAnswered(item: Item): number;
}

/** The same, each skill read no more than once: a choice asks of a skill for every item that practises it. */
export function readOnce(reading: KnowledgeReading): KnowledgeReading {
  const masteries = new Map<string, Mastery>();
  const rows = new Map<string, number>();
  return {
    answers: reading.answers,
    masteryOf(skillId) {
      const mastery = masteries.get(skillId) ?? reading.masteryOf(skillId);
      masteries.set(skillId, mastery);
      return mastery;
    },
    rightInARow(skillId) {
      const row = rows.get(skillId) ?? reading.rightInARow(skillId);
      rows.set(skillId, row);
      return row;
    },
    timesAnswered: (item) => reading.timesAnswered(item),
  };
}
