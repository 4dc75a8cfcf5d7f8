/** How each event changes a lesson. */
import type { EventPlace } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { ImpossibleEventError } from "../impossible_event.ts";
import { isCloseHeld } from "./deadlines.ts";
import type { ClassroomEvent } from "./events.ts";
import { withBreakouts, withoutSeats } from "./evolve_breakouts.ts";
import { answered, delayed, extended, opened, reopened, scored, told } from "./evolve_question.ts";
import { entered, withAdmitted, withMastery, withProgress, withRoster, withStudent } from "./evolve_students.ts";
import { NOTICES_KEPT } from "./limits.ts";
import type { ClassroomState, OpenedLesson, Question } from "./state.ts";

type EventOf<Type extends ClassroomEvent["type"]> = Extract<ClassroomEvent, { type: Type }>;

function begun(state: ClassroomState, event: EventOf<"lesson_opened">, { atMs }: EventPlace): OpenedLesson {
  const { by, plan, roster, seed } = event;
  return {
    status: "opened",
    lessonId: state.lessonId,
    plan,
    seed,
    openedBy: by,
    openedAtMs: atMs,
    startedAtMs: null,
    phase: { kind: "open" },
    reopens: 0,
    staffHeardAtMs: atMs,
    ...withRoster({ staff: {}, students: {}, departed: {} }, { upserted: roster, removed: [] }),
    asked: null,
    question: null,
    breakouts: null,
    askedItems: [],
    untold: [],
    skills: {},
    wrongAnswers: [],
    notices: [],
    attendance: {},
  };
}

function questionOf({ question }: OpenedLesson, event: ClassroomEvent): Question {
  if (question === null) throw new ImpossibleEventError(`${event.type} in a lesson without a question`);
  return question;
}

function noticed(lesson: OpenedLesson, event: EventOf<"message_sent">, { atMs }: EventPlace): OpenedLesson {
  const { number, userId, text, by } = event;
  return { ...lesson, notices: [...lesson.notices, { number, userId, text, by, atMs }].slice(-NOTICES_KEPT) };
}

function resumed(
  lesson: OpenedLesson,
  { pausedMs }: EventOf<"lesson_resumed">,
  { atMs }: EventPlace,
): OpenedLesson {
  const { question } = lesson;
  const running = { ...lesson, phase: { kind: "running" } } as const;
  if (question === null || !(question.step.kind === "open" || isCloseHeld(lesson))) return running;
  // One that came in the midst of the pause has lost no more than since then.
  return { ...running, question: delayed(question, Math.min(pausedMs, Math.max(0, atMs - question.openedAtMs))) };
}

function revealed(lesson: OpenedLesson, event: EventOf<"question_revealed">, place: EventPlace): OpenedLesson {
  const question = questionOf(lesson, event);
  const { correctAnswer, explanation, results, answers, standings, gain, roomGains } = event;
  const reveal = { correctAnswer, explanation, results, answers, standings, gain, roomGains };
  return { ...scored(lesson, question, place), question: { ...question, step: { kind: "revealed", reveal } } };
}

function asked(lesson: OpenedLesson, event: EventOf<"question_asked">, { seq }: EventPlace): OpenedLesson {
  const { itemId, purpose, limitMs } = event;
  return { ...lesson, asked: { askedSeq: seq, itemId, purpose, limitMs } };
}

function withQuestion(lesson: OpenedLesson, event: ClassroomEvent, change: (question: Question) => Question) {
  return { ...lesson, question: change(questionOf(lesson, event)) };
}

/** Closes a question that is not revealed to who leaves, comes again or teaches no more: its key may have been told them. */
function closedToOutsiders(
  before: OpenedLesson,
  after: OpenedLesson,
  { removed }: EventOf<"roster_changed">,
): Question | null {
  const { question } = after;
  if (question === null || question.step.kind === "revealed") return question;
  const isGone = (userId: string) => removed.includes(userId) || !Object.hasOwn(after.students, userId);
  const left = [
    ...Object.keys(before.students).filter(isGone),
    ...Object.keys(before.staff).filter((userId) => !Object.hasOwn(after.staff, userId)),
  ];
  const back = Object.keys(before.departed).filter((userId) => Object.hasOwn(after.students, userId));
  return { ...question, closedTo: [...new Set([...question.closedTo, ...left, ...back])] };
}

function withRosterChange(lesson: OpenedLesson, event: EventOf<"roster_changed">): OpenedLesson {
  const people = { ...lesson, ...withRoster(lesson, event) };
  const after = { ...people, question: closedToOutsiders(lesson, people, event) };
  return withoutSeats(after, Object.keys(lesson.students).filter((userId) => !Object.hasOwn(after.students, userId)));
}

type QuestionEvent = EventOf<
  | "question_asked"
  | "question_failed"
  | "question_opened"
  | "answer_counted"
  | "time_extended"
  | "question_closing"
  | "pens_down"
  | "question_reopened"
  | "question_revealed"
  | "question_left"
>;

/** What the event does to the question before the class. */
function questionChanged(lesson: OpenedLesson, event: QuestionEvent, place: EventPlace): OpenedLesson {
  switch (event.type) {
    case "question_asked":
      return asked(lesson, event, place);
    case "question_failed":
      return { ...lesson, asked: null };
    case "question_opened":
      return opened(lesson, event);
    case "answer_counted":
      return answered(lesson, questionOf(lesson, event), event, place);
    case "time_extended":
      return withQuestion(lesson, event, (question) => extended(question, event));
    case "question_closing":
      return withQuestion(lesson, event, (question) => ({
        ...question,
        step: { kind: "closing", cutoffMs: event.cutoffMs, closedAtMs: place.atMs, extraMs: event.extraMs },
      }));
    case "pens_down":
      return withQuestion(lesson, event, (question) => ({ ...question, step: { kind: "down" } }));
    case "question_reopened":
      return withQuestion(lesson, event, (question) => reopened(question, event));
    case "question_revealed":
      return revealed(lesson, event, place);
    case "question_left":
      return { ...scored(lesson, questionOf(lesson, event), place), question: null };
    default:
      return assertNever(event);
  }
}

/** What the event does to a student's place in the lesson. */
function admissionChanged(
  lesson: OpenedLesson,
  event: EventOf<"student_waiting" | "student_entered" | "students_admitted" | "student_turned_away">,
  place: EventPlace,
): OpenedLesson {
  const { atMs } = place;
  switch (event.type) {
    case "student_waiting":
      return withStudent(lesson, event.userId, (one) => ({ ...one, admission: "waiting", sinceMs: atMs }));
    case "student_entered":
      return withStudent(lesson, event.userId, (one) => entered(one, atMs));
    case "students_admitted":
      return withAdmitted(lesson, event.userIds, place);
    case "student_turned_away":
      return withoutSeats(
        withStudent(lesson, event.userId, (one) => ({ ...one, admission: "turned_away", handSinceMs: null })),
        [event.userId],
      );
    default:
      return assertNever(event);
  }
}

/** What the event does to an opened lesson. */
function changed(
  lesson: OpenedLesson,
  event: Exclude<ClassroomEvent, { type: "lesson_opened" }>,
  place: EventPlace,
): OpenedLesson {
  const { atMs } = place;
  switch (event.type) {
    case "roster_changed":
      return withRosterChange(lesson, event);
    case "student_waiting":
    case "student_entered":
    case "students_admitted":
    case "student_turned_away":
      return admissionChanged(lesson, event, place);
    case "lesson_started":
      return { ...lesson, phase: { kind: "running" }, startedAtMs: atMs };
    case "lesson_paused":
      return { ...lesson, phase: { kind: "paused", sinceMs: atMs } };
    case "lesson_resumed":
      return resumed(lesson, event, place);
    case "question_asked":
    case "question_failed":
    case "question_opened":
    case "answer_counted":
    case "time_extended":
    case "question_closing":
    case "pens_down":
    case "question_reopened":
    case "question_revealed":
    case "question_left":
      return questionChanged(lesson, event, place);
    case "breakouts_formed":
    case "students_seated":
    case "rooms_told":
    case "rooms_recalled":
    case "rooms_over":
    case "room_reported":
      return withBreakouts(lesson, event, place);
    case "answers_told":
      return told(lesson, event.question, place);
    case "message_sent":
      return noticed(lesson, event, place);
    case "hand_raised":
      return withStudent(lesson, event.userId, (one) => ({ ...one, handSinceMs: event.raised ? atMs : null }));
    case "student_progressed":
      return withProgress(lesson, event, place);
    case "mastery_moved":
      return withMastery(lesson, event);
    case "override_sent":
    case "spotlighted":
      return lesson;
    case "lesson_closed":
      return { ...lesson, phase: { kind: "closed", atMs, act: event.act }, asked: null };
    case "lesson_reopened":
      return { ...lesson, phase: { kind: "running" }, reopens: lesson.reopens + 1 };
    default:
      return assertNever(event);
  }
}

/** Whoever of the staff did it: the lesson has not been left alone. */
function isByStaff(event: ClassroomEvent): boolean {
  return "by" in event;
}

/** The state after one event. Throws {@link ImpossibleEventError} on an event that cannot follow. */
export function evolve(state: ClassroomState, event: ClassroomEvent, place: EventPlace): ClassroomState {
  if (event.type === "lesson_opened") {
    if (state.status === "opened") throw new ImpossibleEventError("lesson_opened in a lesson that is open");
    return begun(state, event, place);
  }
  if (state.status === "not_opened") throw new ImpossibleEventError(`${event.type} in a lesson that was never opened`);
  const after = changed(state, event, place);
  return isByStaff(event) ? { ...after, staffHeardAtMs: place.atMs } : after;
}
