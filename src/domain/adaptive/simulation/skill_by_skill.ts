/** Classical mastery learning: one skill after another, prerequisites first, each until a few right answers in a row. */
import type { Course } from "../../curriculum/course.ts";
import { randomFrom } from "../../random.ts";
import type { MetItem } from "../met_item.ts";
import { fromTheGroundUp } from "./from_the_ground_up.ts";
import type { Chosen, Situation } from "./policy.ts";

const RIGHT_IN_A_ROW = 3;
/** As the other policies: an item waits for these many others, where the skill has them. */
const RECURRENCE_GAP_ITEMS = 4;

/** The first skill not yet done; once all are, everything starts over, as some may have been forgotten. */
function openSkill(course: Course, past: readonly MetItem[]): string | undefined {
  const order = fromTheGroundUp(course);
  const done = new Set<string>();
  const inARow = new Map<string, number>();
  for (const { skills, correct } of past) {
    for (const skill of skills) {
      const row = correct ? (inARow.get(skill) ?? 0) + 1 : 0;
      inARow.set(skill, row);
      if (row >= RIGHT_IN_A_ROW) done.add(skill);
    }
    if (done.size === order.length) {
      done.clear();
      inARow.clear();
    }
  }
  return order.find((skill) => !done.has(skill));
}

export function chooseSkillBySkill({ course, past, seed }: Situation): Chosen | null {
  const skill = openSkill(course, past);
  const items = course.items.filter(({ skills }) => skill !== undefined && skills.includes(skill));
  const recent = new Set(past.slice(-RECURRENCE_GAP_ITEMS).map(({ itemId }) => itemId));
  const rested = items.filter(({ id }) => !recent.has(id));
  const from = rested.length > 0 ? rested : items;
  const item = from[Math.floor(randomFrom(seed)() * from.length)];
  return item === undefined ? null : { item, receipt: null };
}
