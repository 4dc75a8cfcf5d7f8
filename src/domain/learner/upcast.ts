/**
 * Stored learners of older versions. Version 1 knew ratings only, no places in a course's catalogue; version 2 neither
 * what is remembered nor a profile.
 */
import { requireVersion } from "../schema_version.ts";
import type { LearnerState } from "./knowledge.ts";
import type { AnswerFact, LearnerEvent } from "./messages.ts";
import { NEW_PROFILE } from "./profile.ts";

export const LEARNER_SCHEMA_VERSION = 3;

/** What older versions lack; it begins with the next answer. */
const SINCE_VERSION_3 = { memory: {}, profile: NEW_PROFILE };
type LearnerState2 = Omit<LearnerState, keyof typeof SINCE_VERSION_3>;

interface AnswerRecorded1 {
  readonly type: "answer_recorded";
  readonly answer: Omit<AnswerFact, "sighting">;
}

/** Ratings stay; knowledge and memory of courses begin with the next answer. */
export function upcastLearnerState(version: number, stored: unknown): LearnerState {
  if (version === 1) return { ...stored as Omit<LearnerState2, "courses">, courses: {}, ...SINCE_VERSION_3 };
  if (version === 2) return { ...stored as LearnerState2, ...SINCE_VERSION_3 };
  requireVersion("learner state", version, LEARNER_SCHEMA_VERSION);
  return stored as LearnerState;
}

export function upcastLearnerEvent(version: number, type: string, stored: unknown): LearnerEvent {
  if (version === 1) {
    const { answer } = stored as AnswerRecorded1;
    return { type: "answer_recorded", answer: { ...answer, sighting: null } };
  }
  // Version 3 added kinds of events and left those of version 2 as they were.
  if (version !== 2) requireVersion(`learner event ${type}`, version, LEARNER_SCHEMA_VERSION);
  return stored as LearnerEvent;
}
