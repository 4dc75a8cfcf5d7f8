/** How far an item is what the learner asked for: shown the way they like, about what interests them. */
import type { Item } from "../curriculum/course.ts";
import type { LearnerPreferences } from "./preferences.ts";

/**
 * 1 when the item offers the presentation liked best, falling evenly with each place down the list, 0 for none of them.
 * It chooses among items that teach the same; nothing is claimed of how a person learns.
 */
export function presentationTerm({ presentations }: Item, { presentations: liked }: LearnerPreferences): number {
  const rank = liked.findIndex((modality) => presentations.some((offered) => offered.modality === modality));
  return rank < 0 ? 0 : 1 - rank / liked.length;
}

/** 1 when the item's text names one of the learner's interests, else 0. */
export function interestTerm({ prompt }: Item, { interests }: LearnerPreferences): number {
  if (interests.length === 0) return 0;
  const text = prompt.toLowerCase();
  return interests.some((interest) => interest !== "" && text.includes(interest.toLowerCase())) ? 1 : 0;
}
