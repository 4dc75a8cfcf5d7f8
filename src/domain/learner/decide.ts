/** Every command to a learner: an answer recorded, or news of what the network has read. */
import { kindOf } from "../address.ts";
import { assertNever } from "../assert_never.ts";
import { courseAddress } from "../course/messages.ts";
import { accept, type Decision, reject, tell, type TurnContext } from "../decision.ts";
import { observationOf, withHidden, withReadingBegun } from "./course_knowledge.ts";
import { type LearnerState, withAnswer, withCourse } from "./knowledge.ts";
import type { LearnerCommand, LearnerEvent, ReadAnswersEffect } from "./messages.ts";

export type LearnerDecision = Decision<LearnerState, LearnerEvent, ReadAnswersEffect>;
type Command<Type extends LearnerCommand["type"]> = Extract<LearnerCommand, { type: Type }>;

/** The reading that `courseId` waits for in this state; null when it waits for none. */
function awaitedReading({ courses }: LearnerState, courseId: string): ReadAnswersEffect | null {
  const known = courses[courseId];
  if (known === undefined || known.reading === null) return null;
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

/** Answers come from sessions alone; that each counts once is the runtime's promise (X2). */
function record(state: LearnerState, command: Command<"record_answer">, context: TurnContext): LearnerDecision {
  const { origin, seq } = context;
  if (origin.kind !== "actor" || kindOf(origin.sender) !== "session") {
    return reject("forbidden", "Only a learning session records answers.");
  }
  // A message stored by a session of an older program says nothing of what was seen.
  const answer = { ...command.answer, sighting: command.answer.sighting ?? null };
  const { courseId, sighting } = answer;
  const events: LearnerEvent[] = [{ type: "answer_recorded", answer }];
  const reply = { recorded: true };
  if (sighting === null) return accept(events, { reply });
  const known = state.courses[courseId];
  const observation = observationOf(known, { fact: answer, sighting });
  const isReading = known !== undefined && known.reading !== null;
  const reading = isReading ? null : awaitedReading(withAnswer(state, answer, seq + 1), courseId);
  return accept(events, {
    reply,
    effects: reading === null ? [] : [reading],
    messages: [tell(courseAddress(courseId), { type: "record_answer", observation })],
  });
}

function isAwaited(state: LearnerState, { courseId, fromSeq }: Command<"answers_read" | "reading_failed">): boolean {
  return state.courses[courseId]?.reading?.fromSeq === fromSeq;
}

/** What came while the network read is read next. */
function answersRead(state: LearnerState, command: Command<"answers_read">): LearnerDecision {
  const event: LearnerEvent = command;
  const next = awaitedReading(withAnswersRead(state, event), command.courseId);
  return accept([event], { effects: next === null ? [] : [next] });
}

export function withAnswersRead(
  state: LearnerState,
  { courseId, hidden, untilSeq }: Extract<LearnerEvent, { type: "answers_read" }>,
): LearnerState {
  const known = state.courses[courseId];
  if (known === undefined) return state;
  const after = withReadingBegun(withHidden(known, hidden, untilSeq));
  return { ...state, courses: withCourse(state.courses, courseId, after) };
}

/** Nothing is stored: a process that comes back simply tries again. */
function readingFailed(state: LearnerState, { courseId }: Command<"reading_failed">): LearnerDecision {
  const known = state.courses[courseId];
  const courses = known === undefined ? state.courses : { ...state.courses, [courseId]: { ...known, reading: null } };
  return { kind: "noted", state: { ...state, courses }, reply: null, ephemerals: [] };
}

/** Decides one command; an expected refusal is an answer, never an exception. */
export function decide(state: LearnerState, command: LearnerCommand, context: TurnContext): LearnerDecision {
  switch (command.type) {
    case "record_answer":
      return record(state, command, context);
    case "answers_read":
    case "reading_failed":
      if (context.origin.kind !== "effect") return reject("forbidden", "Only the engine reads a learner's answers.");
      if (!isAwaited(state, command)) return reject("late_result", "This reading is not awaited any more.");
      return command.type === "answers_read" ? answersRead(state, command) : readingFailed(state, command);
    default:
      return assertNever(command);
  }
}
