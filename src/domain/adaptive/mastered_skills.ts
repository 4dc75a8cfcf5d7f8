/** When a skill counts as mastered: by how likely a right answer is, and by how sure that is. */
import type { Course } from "../curriculum/course.ts";
import type { LearnerKnowledge } from "./learner_knowledge.ts";
import { type Mastery, masteryOf } from "./mastery.ts";
import type { PublishedStatistics } from "./published_statistics.ts";

/** An average item is likely answered right, and even the low end of the 90% interval is no worse than a coin… */
const MASTERY = { probabilityMin: 0.7, lowMin: 0.5 } as const;
/** …or it was practised so long that the learner, slow as they are, moves on rather than never. */
const LONG_PRACTICE = { answersMin: 12, probabilityMin: 0.45 } as const;

export function isMasteredSkill({ probability, low, answers }: Mastery): boolean {
  return (probability >= MASTERY.probabilityMin && low >= MASTERY.lowMin) ||
    (answers >= LONG_PRACTICE.answersMin && probability >= LONG_PRACTICE.probabilityMin);
}

/** The course's skills that the learner has mastered; a skill without a number has never been answered by anyone. */
export function masteredSkills(
  course: Course,
  knowledge: LearnerKnowledge,
  { statistics, skillNumber }: PublishedStatistics,
): ReadonlySet<string> {
  const mastered = course.skills.filter(({ id }) => {
    const number = skillNumber(id);
    return number !== null && isMasteredSkill(masteryOf(knowledge, statistics, number));
  });
  return new Set(mastered.map(({ id }) => id));
}
