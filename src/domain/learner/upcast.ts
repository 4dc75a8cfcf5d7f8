/** Stored learners of older versions. Version 1 knew ratings only, no places in a course's catalogue. */
import { requireVersion } from "../schema_version.ts";
import type { LearnerState } from "./knowledge.ts";
import type { AnswerFact, LearnerEvent } from "./messages.ts";

export const LEARNER_SCHEMA_VERSION = 2;

interface AnswerRecorded1 {
  readonly type: "answer_recorded";
  readonly answer: Omit<AnswerFact, "sighting">;
}

/** Ratings stay; knowledge of courses begins with the next answer. */
export function upcastLearnerState(version: number, stored: unknown): LearnerState {
  if (version === 1) return { ...stored as Omit<LearnerState, "courses">, courses: {} };
  requireVersion("learner state", version, LEARNER_SCHEMA_VERSION);
  return stored as LearnerState;
}

export function upcastLearnerEvent(version: number, type: string, stored: unknown): LearnerEvent {
  if (version === 1) {
    const { answer } = stored as AnswerRecorded1;
    return { type: "answer_recorded", answer: { ...answer, sighting: null } };
  }
  requireVersion(`learner event ${type}`, version, LEARNER_SCHEMA_VERSION);
  return stored as LearnerEvent;
}
