/** The kinds of learner that policies are compared on, by name. */
import { newBktLearner } from "./bkt_learner.ts";
import { newIrtLearner } from "./irt_learner.ts";
import { newPrerequisiteLearner } from "./prerequisite_learner.ts";
import type { GroundTruth } from "./simulated_learner.ts";

export const GROUND_TRUTH_NAMES = ["bkt", "irt", "prerequisite"] as const;
export type GroundTruthName = typeof GROUND_TRUTH_NAMES[number];

export const GROUND_TRUTHS: { readonly [name in GroundTruthName]: GroundTruth } = {
  bkt: newBktLearner,
  irt: newIrtLearner,
  prerequisite: newPrerequisiteLearner,
};
