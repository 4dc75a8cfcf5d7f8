/** Items that refresh what is due, between the others and never more than every third. */
import type { ChoiceSituation } from "./choice_situation.ts";
import { isSpent, withoutRecent } from "./eligible_items.ts";

/** Other items that pass between two reviews. */
const ITEMS_BETWEEN_REVIEWS = 2;
/** Skills that one review chooses among: of those that have an item to ask, the most overdue. */
const SKILLS_MAX = 5;

/**
 * The items of a review now; none when nothing is due within the topic, or the last review was just now. They practise a
 * skill that is due and nothing that the learner has not met.
 */
export function dueItems(situation: ChoiceSituation) {
  const { course, reviews, topic, needed, reading, history, right, pastPolicies } = situation;
  if (pastPolicies.slice(-ITEMS_BETWEEN_REVIEWS).includes("review")) return [];
  const due = reviews.filter(({ skillId }) => topic === null || needed === null || needed.has(skillId));
  if (due.length === 0) return [];
  const isDue = new Set(due.map(({ skillId }) => skillId));
  const isMet = (id: string) => isDue.has(id) || reading.masteryOf(id).answers > 0;
  const items = course.items.filter((item) =>
    item.skills.some((id) => isDue.has(id)) && item.skills.every(isMet) && !isSpent(item, right)
  );
  const practised = new Set(items.flatMap(({ skills }) => skills));
  const first = due.filter(({ skillId }) => practised.has(skillId)).slice(0, SKILLS_MAX);
  const chosen = new Set(first.map(({ skillId }) => skillId));
  return withoutRecent(items.filter((item) => item.skills.some((id) => chosen.has(id))), history);
}
