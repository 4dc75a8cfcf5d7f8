/** Every command to a learner: an answer recorded, news of what the network has read, a profile set, a review due. */
import { kindOf } from "../address.ts";
import { assertNever } from "../assert_never.ts";
import { courseAddress } from "../course/messages.ts";
import { accept, type Decision, reject, tell, type TurnContext } from "../decision.ts";
import { observationOf, withHidden, withReadingBegun } from "./course_knowledge.ts";
import { entryOf } from "../entry_of.ts";
import { type LearnerState, withAnswer, withCourse } from "./knowledge.ts";
import type { LearnerCommand, LearnerEvent, ReadAnswersEffect } from "./messages.ts";
import { profileAfter } from "./profile.ts";
import { decideReviewsDeadline, reviewTimerChanges } from "./review_timer.ts";

export type LearnerDecision = Decision<LearnerState, LearnerEvent, ReadAnswersEffect>;
type Command<Type extends LearnerCommand["type"]> = Extract<LearnerCommand, { type: Type }>;

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
  const after = withAnswer(state, answer, seq + 1);
  const told = { reply: { recorded: true }, timers: reviewTimerChanges(state.memory, after.memory) };
  if (sighting === null) return accept(events, told);
  const known = entryOf(state.courses, courseId);
  const observation = observationOf(known, { fact: answer, sighting });
  const isReading = known !== null && known.reading !== null;
  const reading = isReading ? null : awaitedReading(after, courseId);
  return accept(events, {
    ...told,
    effects: reading === null ? [] : [reading],
    messages: [tell(courseAddress(courseId), { type: "record_answer", observation })],
  });
}

/** What a person wants and says of themself is theirs alone to set, on top of the version they have seen. */
function setProfile(state: LearnerState, command: Command<"set_profile">, context: TurnContext): LearnerDecision {
  const { origin, nowMs } = context;
  if (origin.kind !== "client" || origin.principal.userId !== state.learnerId) {
    return reject("forbidden", "Only the learner sets their profile.");
  }
  const { expectedVersion, draft } = command;
  const { version } = state.profile;
  if (expectedVersion !== version) {
    return reject("version_mismatch", "The profile has changed since; read it again and repeat the change.", {
      version,
    });
  }
  const profile = profileAfter(state.profile, draft, nowMs);
  return accept([{ type: "profile_set", profile }], { reply: { version: profile.version } });
}

function isAwaited(state: LearnerState, { courseId, fromSeq }: Command<"answers_read" | "reading_failed">): boolean {
  return entryOf(state.courses, courseId)?.reading?.fromSeq === fromSeq;
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
  const known = entryOf(state.courses, courseId);
  if (known === null) return state;
  const after = withReadingBegun(withHidden(known, hidden, untilSeq));
  return { ...state, courses: withCourse(state.courses, courseId, after) };
}

/** Nothing is stored: a process that comes back simply tries again. */
function readingFailed(state: LearnerState, { courseId }: Command<"reading_failed">): LearnerDecision {
  const known = entryOf(state.courses, courseId);
  const courses = known === null ? state.courses : { ...state.courses, [courseId]: { ...known, reading: null } };
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
    case "set_profile":
      return setProfile(state, command, context);
    case "reviews_deadline":
      return decideReviewsDeadline(state, context);
    default:
      return assertNever(command);
  }
}
