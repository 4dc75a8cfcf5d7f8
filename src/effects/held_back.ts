/** The items of a course that a learner's lessons ask now: they are told their keys at the reveal and not before. */
import { type AskedItem, type AskedOf, isAsked } from "../domain/curriculum/asked_item.ts";
import type { Course, Item } from "../domain/curriculum/course.ts";
import { renderItem } from "../domain/curriculum/render_item.ts";

export interface AskedSource {
  readonly askedOf: AskedOf;
}

/** Those of `course` that would be served as they are asked, were they drawn from `itemSeed`. */
export function heldBack(course: Course, asked: readonly AskedItem[], itemSeed: number): readonly Item[] {
  const ofCourse = asked.filter(({ courseId }) => courseId === course.id);
  const named = new Set(ofCourse.map(({ itemId }) => itemId));
  if (named.size === 0) return [];
  return course.items.filter((item) => named.has(item.id) && isAsked(ofCourse, course.id, renderItem(item, itemSeed)));
}

/** The course without these items. */
export function withoutItems(course: Course, items: readonly Item[]): Course {
  return items.length === 0 ? course : { ...course, items: course.items.filter((item) => !items.includes(item)) };
}
