/** When a skill counts as mastered: by how likely a right answer is, and by how sure that is. */
import type { Course } from "../curriculum/course.ts";
import type { KnowledgeReading } from "./knowledge_reading.ts";
import type { Mastery } from "./mastery.ts";

/** An average item is likely answered right, and even the low end of the 90% interval is no worse than a coin… */
const MASTERY = { probabilityMin: 0.7, lowMin: 0.5 } as const;
/** …or it was practised so long that the learner, slow as they are, moves on rather than never. */
const LONG_PRACTICE = { answersMin: 12, probabilityMin: 0.45 } as const;

export function isMasteredSkill({ probability, low, answers }: Mastery): boolean {
  return (probability >= MASTERY.probabilityMin && low >= MASTERY.lowMin) ||
    (answers >= LONG_PRACTICE.answersMin && probability >= LONG_PRACTICE.probabilityMin);
}

/** So many right in a row are mastery too: the usual criterion (Kelly, Wang, Thompson and Heffernan, EDM 2015)… */
export const MASTERED_IN_A_ROW = 3;
/** …but luck makes three as well: so many more where doubt has arisen. */
export const DOUBTED_IN_A_ROW_MORE = 2;
/** After so many answers, most of them still expected to be wrong, a skill is not being learnt. */
const STUCK = { answersMin: 10, probabilityMax: 0.5 } as const;

/** Skills on which something rests that is not being learnt: perhaps they were taken for mastered by luck. */
export function doubtedSkills({ skills }: Course, reading: KnowledgeReading): ReadonlySet<string> {
  const stuck = skills.filter(({ id }) => {
    const { answers, probability } = reading.masteryOf(id);
    return answers >= STUCK.answersMin && probability < STUCK.probabilityMax &&
      reading.rightInARow(id) < MASTERED_IN_A_ROW;
  });
  return new Set(stuck.flatMap(({ prerequisites }) => prerequisites));
}

/** The course's skills that the learner has mastered, by all their answers or at once by the latest of them. */
export function masteredSkills(
  course: Course,
  reading: KnowledgeReading,
  doubted: ReadonlySet<string>,
): ReadonlySet<string> {
  const mastered = course.skills.filter(({ id }) => {
    const row = reading.rightInARow(id);
    if (doubted.has(id)) return row >= MASTERED_IN_A_ROW + DOUBTED_IN_A_ROW_MORE;
    return row >= MASTERED_IN_A_ROW || isMasteredSkill(reading.masteryOf(id));
  });
  return new Set(mastered.map(({ id }) => id));
}
