/** Which of a learner's answers the network is to read: told from the state alone. */
import { entryOf } from "../entry_of.ts";
import type { LearnerState } from "./knowledge.ts";
import type { ReadAnswersEffect } from "./messages.ts";

/** The reading that `courseId` waits for in this state; null when it waits for none. */
function awaitedReading({ courses }: LearnerState, courseId: string): ReadAnswersEffect | null {
  const known = entryOf(courses, courseId);
  if (known === null || known.reading === null) return null;
  const { fromSeq, untilSeq } = known.reading;
  return {
    kind: "read_answers",
    courseId,
    fromSeq,
    untilSeq,
    hidden: known.knowledge.hidden,
    answers: known.unread.filter(({ seq }) => seq <= untilSeq).map(({ features, correct }) => ({ features, correct })),
  };
}

/** All readings under way; asked after recovery, since they died with the process. */
export function awaitedReadings(state: LearnerState): readonly ReadAnswersEffect[] {
  return Object.keys(state.courses).flatMap((courseId) => awaitedReading(state, courseId) ?? []);
}

/** Those that `after` waits for and `before` did not. */
export function readingsBegun(before: LearnerState, after: LearnerState): readonly ReadAnswersEffect[] {
  const readingIn = ({ courses }: LearnerState, courseId: string) => entryOf(courses, courseId)?.reading?.fromSeq;
  return Object.keys(after.courses)
    .filter((courseId) => readingIn(after, courseId) !== readingIn(before, courseId))
    .flatMap((courseId) => awaitedReading(after, courseId) ?? []);
}
