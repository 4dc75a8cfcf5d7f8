/** The order in which skills can be learnt. */
import type { Course } from "../../curriculum/course.ts";

/** Skills with every prerequisite before what rests on it; those on a cycle, which can never be learnt, are left out. */
export function fromTheGroundUp(course: Course): readonly string[] {
  const order = new Set<string>();
  for (let before = -1; before < order.size;) {
    before = order.size;
    for (const { id, prerequisites } of course.skills) {
      if (prerequisites.every((needed) => order.has(needed))) order.add(id);
    }
  }
  return [...order];
}
