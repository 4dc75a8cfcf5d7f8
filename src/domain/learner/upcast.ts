/**
 * Stored learners of older versions: each version added to the state and kinds of events, and left the rest as it was.
 * Version 1 knew ratings only, no places in a course's catalogue; version 2 neither what is remembered nor a profile;
 * version 3 no sessions and activities; version 4 no class of a session, no time zone and no leaderboards;
 * version 5 no rewards; version 6 no quests; version 7 nothing of how
 * the learner learns.
 */
import { requireVersion } from "../schema_version.ts";
import { type LearnerState, newLearner } from "./knowledge.ts";
import { type LearnerEvent, UNTOLD_ANSWER } from "./messages.ts";
import { NEW_PROFILE } from "./profile.ts";

export const LEARNER_SCHEMA_VERSION = 8;

function isOlder(version: number): boolean {
  return Number.isInteger(version) && version >= 1 && version < LEARNER_SCHEMA_VERSION;
}

/** What an older version lacks begins with what comes next. */
export function upcastLearnerState(version: number, stored: unknown): LearnerState {
  const state = stored as LearnerState;
  if (isOlder(version)) {
    return { ...newLearner(state.learnerId), ...state, profile: { ...NEW_PROFILE, ...state.profile } };
  }
  requireVersion("learner state", version, LEARNER_SCHEMA_VERSION);
  return state;
}

export function upcastLearnerEvent(version: number, type: string, stored: unknown): LearnerEvent {
  const event = stored as LearnerEvent;
  if (isOlder(version)) {
    if (event.type === "answer_recorded") return { ...event, answer: { ...UNTOLD_ANSWER, ...event.answer } };
    if (event.type === "profile_set") return { ...event, profile: { ...NEW_PROFILE, ...event.profile } };
    if (event.type === "session_recorded") {
      return { ...event, session: { ...event.session, classId: event.session.classId ?? null } };
    }
    return event;
  }
  requireVersion(`learner event ${type}`, version, LEARNER_SCHEMA_VERSION);
  return event;
}
