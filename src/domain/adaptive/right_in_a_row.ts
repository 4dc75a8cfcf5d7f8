/** The latest answers on a skill: they tell of learning that just happened sooner than a rating, which averages over the past. */
import type { MetItem } from "./met_item.ts";

/** How many of the latest answers on the skill were right, back to the last wrong one or to where `history` begins. */
export function rightInARow(history: readonly MetItem[], skillId: string): number {
  const onSkill = history.filter(({ skills }) => skills.includes(skillId));
  return onSkill.length - 1 - onSkill.findLastIndex(({ correct }) => !correct);
}
