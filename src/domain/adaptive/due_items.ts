/** Items that refresh what is due, between the others and never more than every third. */
import type { Item } from "../curriculum/course.ts";
import type { ChoiceSituation } from "./choice_situation.ts";
import { isSpent, withoutRecent } from "./eligible_items.ts";

/** Other items that pass between two reviews. */
const ITEMS_BETWEEN_REVIEWS = 2;
/** Skills most overdue that one review chooses among. */
const SKILLS_MAX = 5;

/**
 * The items of a review now; none when nothing is due within the topic, or the last review was just now. They practise a
 * skill that is due and nothing that the learner has not met.
 */
export function dueItems({ course, reviews, topic, needed, reading, history, pastPolicies }: ChoiceSituation) {
  if (pastPolicies.slice(-ITEMS_BETWEEN_REVIEWS).includes("review")) return [];
  const within = reviews.filter(({ skillId }) => topic === null || needed === null || needed.has(skillId));
  const due = new Set(within.slice(0, SKILLS_MAX).map(({ skillId }) => skillId));
  if (due.size === 0) return [];
  const isMet = (id: string) => due.has(id) || reading.masteryOf(id).answers > 0;
  const items: readonly Item[] = course.items.filter((item) =>
    item.skills.some((id) => due.has(id)) && item.skills.every(isMet) && !isSpent(item, history)
  );
  return withoutRecent(items, history);
}
