/** The latest answers on a skill: they tell of learning that just happened sooner than a rating, which averages over the past. */
import type { MetItem } from "./met_item.ts";

/** By skill how many of the latest answers on it were right, back to the last wrong one or to where `history` begins. */
export function rightInARow(history: readonly MetItem[]): ReadonlyMap<string, number> {
  const rows = new Map<string, number>();
  for (const { skills, correct } of history) {
    for (const skill of skills) rows.set(skill, correct ? (rows.get(skill) ?? 0) + 1 : 0);
  }
  return rows;
}
