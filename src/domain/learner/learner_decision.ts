/** What a turn of a learner decides. */
import type { Decision } from "../decision.ts";
import type { LearnerState } from "./knowledge.ts";
import type { LearnerEffect, LearnerEvent } from "./messages.ts";

export type LearnerDecision = Decision<LearnerState, LearnerEvent, LearnerEffect>;
