/** What comes of the readings of a learner's answers by the network. */
import { note, reject } from "../decision.ts";
import { entryOf } from "../entry_of.ts";
import type { LearnerState } from "./knowledge.ts";
import type { LearnerCommand } from "./messages.ts";
import { type LearnerContext, settle } from "./settle.ts";
import type { LearnerDecision } from "./learner_decision.ts";

type ReadingCommand = Extract<LearnerCommand, { type: "answers_read" | "reading_failed" }>;

/** Nothing is stored: a process that comes back simply tries again. */
function readingFailed(state: LearnerState, courseId: string): LearnerDecision {
  const known = entryOf(state.courses, courseId);
  const courses = known === null ? state.courses : { ...state.courses, [courseId]: { ...known, reading: null } };
  return note({ ...state, courses });
}

/** Takes in what came of a reading; one that is not awaited any more changes nothing. */
export function decideReading(state: LearnerState, command: ReadingCommand, context: LearnerContext): LearnerDecision {
  if (context.origin.kind !== "effect") return reject("forbidden", "Only the engine reads a learner's answers.");
  const { courseId, fromSeq } = command;
  if (entryOf(state.courses, courseId)?.reading?.fromSeq !== fromSeq) {
    return reject("late_result", "This reading is not awaited any more.");
  }
  // What came while the network read is read next.
  return command.type === "answers_read" ? settle(state, [command], context, {}) : readingFailed(state, courseId);
}
