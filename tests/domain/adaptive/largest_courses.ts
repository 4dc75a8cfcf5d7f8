/** The largest courses that may be stored, as far as choosing in them goes, and one that counts what is read of it. */
import type { Course, Item, Skill } from "../../../src/domain/curriculum/course.ts";
import { DIFFICULTIES, practiceItem } from "./practice_course.ts";

const SKILLS = 500;
const PREREQUISITES = 200;
const ITEMS = 5_000;
const SKILLS_OF_AN_ITEM = 200;
const DRAWN_ANEW = false;
/** About as many of these fit the bytes of a course. */
const WIDE_ITEMS = 1_200;

export const LAST_SKILL = `s${SKILLS - 1}`;
export const PREREQUISITES_IN_ALL = Array.from({ length: SKILLS }, (_, i) => Math.min(i, PREREQUISITES))
  .reduce((sum, count) => sum + count);

function skillOf(index: number): Skill {
  const prerequisites = Array.from({ length: Math.min(index, PREREQUISITES) }, (_, i) => `s${index - 1 - i}`);
  return { id: `s${index}`, title: `Skill ${index}`, description: "", prerequisites };
}

function itemOf(index: number, skills: readonly string[]): Item {
  return practiceItem(`i${index}`, skills, DIFFICULTIES[index % DIFFICULTIES.length] ?? 3, DRAWN_ANEW);
}

/** Every skill rests on the 200 before it. */
function courseOf(items: readonly Item[]): Course {
  const skills = Array.from({ length: SKILLS }, (_, index) => skillOf(index));
  return { id: "largest", title: "Largest", description: "", language: "en", licence: "CC0", skills, items };
}

/** As many items as there may be, each on one skill. */
export function deepestCourse(): Course {
  return courseOf(Array.from({ length: ITEMS }, (_, i) => itemOf(i, [`s${i % SKILLS}`])));
}

/** Items on as many skills as one may name. */
export function widestCourse(): Course {
  const window = (from: number) => Array.from({ length: SKILLS_OF_AN_ITEM }, (_, i) => `s${(from + i) % SKILLS}`);
  return courseOf(Array.from({ length: WIDE_ITEMS }, (_, i) => itemOf(i, window(i * 7))));
}

export interface CountedCourse {
  readonly course: Course;
  /** How many prerequisites were handed out since. */
  reads(): number;
}

/** The same course; each reading of a skill's prerequisites counts them. */
export function counted(course: Course): CountedCourse {
  let reads = 0;
  const skills = course.skills.map(({ id, title, description, prerequisites }) => ({
    id,
    title,
    description,
    get prerequisites() {
      reads += prerequisites.length;
      return prerequisites;
    },
  }));
  return { course: { ...course, skills }, reads: () => reads };
}
