/** What it is worth to form a group, so that the best way to group everybody is the one worth most in sum. */
import { groupScore, isAllowed, isPeaceful, type Profile } from "./complement.ts";
import type { MetPairs } from "./search.ts";

/** More than waiting and score of everybody considered can make together: whom to place comes before with whom. */
const PLACED = 1_000;
/** Beside a score of at most 1 a person: who has waited long goes before who would fit a little better. */
const URGENCY = 2;

export interface GroupValue {
  /** What a group is worth; null where it may not be formed. */
  whole(group: readonly Profile[]): number | null;
  /** The same of one that still grows to a size that suits everybody in it. */
  growing(group: readonly Profile[]): number | null;
}

export function groupValue(met: MetPairs): GroupValue {
  const worth = (group: readonly Profile[]) => {
    const persons = group.reduce((sum, { waited }) => sum + PLACED + URGENCY * waited, 0);
    return persons + group.length * groupScore(group, met);
  };
  return {
    whole: (group) => isAllowed(group) ? worth(group) : null,
    growing: (group) => isPeaceful(group) ? worth(group) : null,
  };
}
