/** Readings of a learner's answers by the network: what is awaited, and what comes of it. */
import { reject, type TurnContext } from "../decision.ts";
import { entryOf } from "../entry_of.ts";
import { evolve } from "./evolve.ts";
import type { LearnerState } from "./knowledge.ts";
import type { LearnerCommand, LearnerEvent, ReadAnswersEffect } from "./messages.ts";
import { type LearnerDecision, settle } from "./settle.ts";

type ReadingCommand = Extract<LearnerCommand, { type: "answers_read" | "reading_failed" }>;

/** The reading that `courseId` waits for in this state; null when it waits for none. */
export function awaitedReading({ courses }: LearnerState, courseId: string): ReadAnswersEffect | null {
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

/** What came while the network read is read next. */
function answersRead(
  state: LearnerState,
  event: Extract<LearnerEvent, { type: "answers_read" }>,
  context: TurnContext,
): LearnerDecision {
  const after = evolve(state, event, { seq: context.seq + 1, atMs: context.nowMs });
  const next = awaitedReading(after, event.courseId);
  return settle(state, [event], context, { effects: next === null ? [] : [next] });
}

/** Nothing is stored: a process that comes back simply tries again. */
function readingFailed(state: LearnerState, courseId: string): LearnerDecision {
  const known = entryOf(state.courses, courseId);
  const courses = known === null ? state.courses : { ...state.courses, [courseId]: { ...known, reading: null } };
  return { kind: "noted", state: { ...state, courses }, reply: null, ephemerals: [] };
}

/** Takes in what came of a reading; one that is not awaited any more changes nothing. */
export function decideReading(state: LearnerState, command: ReadingCommand, context: TurnContext): LearnerDecision {
  if (context.origin.kind !== "effect") return reject("forbidden", "Only the engine reads a learner's answers.");
  const { courseId, fromSeq } = command;
  if (entryOf(state.courses, courseId)?.reading?.fromSeq !== fromSeq) {
    return reject("late_result", "This reading is not awaited any more.");
  }
  return command.type === "answers_read" ? answersRead(state, command, context) : readingFailed(state, courseId);
}
