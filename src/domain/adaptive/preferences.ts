/** What a learner has asked for: how fast, how hard, shown how, towards what, about what. */
import type { Difficulty, Modality } from "../curriculum/rendered_item.ts";

/** How much consolidation a learner wants before going on. */
export type Pace = "unhurried" | "steady" | "brisk";

export interface LearnerPreferences {
  readonly pace: Pace | null;
  readonly difficulty: Difficulty | null;
  /** Preferred ways of showing an item, the first counts most. They choose among what teaches the same, no more. */
  readonly presentations: readonly Modality[];
  /** Ids of the skills to reach. */
  readonly goals: readonly string[];
  readonly interests: readonly string[];
}

export const NO_PREFERENCES: LearnerPreferences = {
  pace: null,
  difficulty: null,
  presentations: [],
  goals: [],
  interests: [],
};
