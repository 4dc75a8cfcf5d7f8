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
