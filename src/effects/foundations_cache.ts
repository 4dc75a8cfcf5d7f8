/** What each course's skills rest on, worked out once an edition for as long as that is in memory. */
import { type Foundations, foundationsOf } from "../domain/adaptive/foundations.ts";
import type { Course } from "../domain/curriculum/course.ts";

export class FoundationsCache {
  readonly #known = new WeakMap<Course, Foundations>();

  of(course: Course): Foundations {
    const known = this.#known.get(course);
    if (known !== undefined) return known;
    const made = foundationsOf(course);
    this.#known.set(course, made);
    return made;
  }
}
