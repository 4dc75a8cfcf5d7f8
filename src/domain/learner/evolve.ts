/** Folds one event into what a learner keeps. */
import type { EventPlace } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { entryOf } from "../entry_of.ts";
import { withNoticesTold } from "../memory/review_schedule.ts";
import { withHidden, withReadingBegun } from "./course_knowledge.ts";
import { type LearnerState, withAnswer, withCourse } from "./knowledge.ts";
import type { LearnerEvent } from "./messages.ts";

export function withAnswersRead(
  state: LearnerState,
  { courseId, hidden, untilSeq }: Extract<LearnerEvent, { type: "answers_read" }>,
): LearnerState {
  const known = entryOf(state.courses, courseId);
  if (known === null) return state;
  const after = withReadingBegun(withHidden(known, hidden, untilSeq));
  return { ...state, courses: withCourse(state.courses, courseId, after) };
}

/** The state after one more event. */
export function evolve(state: LearnerState, event: LearnerEvent, { seq }: EventPlace): LearnerState {
  switch (event.type) {
    case "answer_recorded":
      return withAnswer(state, event.answer, seq);
    case "session_recorded":
    case "activity_recorded":
      // What follows from them has events of its own.
      return state;
    case "answers_read":
      return withAnswersRead(state, event);
    case "profile_set":
      return { ...state, profile: event.profile };
    case "reviews_due":
      return { ...state, memory: withNoticesTold(state.memory, event.notices, event.atMs) };
    default:
      return assertNever(event);
  }
}
