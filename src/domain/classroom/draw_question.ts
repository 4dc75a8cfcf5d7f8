/** Which item a class is asked when its teacher leaves it to the engine. */
import type { Course, Item } from "../curriculum/course.ts";
import { entryOf } from "../entry_of.ts";
import { randomFrom } from "../random.ts";
import type { SkillCount } from "./state.ts";

/** A class has got a skill when it was right this often, in so many answers. */
const GOT_SHARE = 0.8;
const GOT_ANSWERS_MIN = 5;

function hasGot(skills: { readonly [skillId: string]: SkillCount }, skillId: string): boolean {
  const count = entryOf(skills, skillId);
  return count !== null && count.answered >= GOT_ANSWERS_MIN && count.correct / count.answered >= GOT_SHARE;
}

/**
 * An item that was not asked in this lesson yet, of the first skill in the course's order that the class has not got;
 * then of any skill. Null when all have been asked.
 */
export function drawQuestion(
  course: Course,
  asked: readonly string[],
  skills: { readonly [skillId: string]: SkillCount },
  seed: number,
): Item | null {
  const fresh = course.items.filter(({ id }) => !asked.includes(id));
  const next = course.skills.find(({ id }) => !hasGot(skills, id) && fresh.some((item) => item.skills.includes(id)));
  const candidates = next === undefined ? fresh : fresh.filter((item) => item.skills.includes(next.id));
  return candidates[Math.floor(randomFrom(seed)() * candidates.length)] ?? null;
}
