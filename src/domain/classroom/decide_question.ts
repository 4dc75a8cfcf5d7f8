/** Decides how a question to the class is asked, opened, lengthened and closed, and when pens are down. */
import { assertNever } from "../assert_never.ts";
import { entryOf } from "../entry_of.ts";
import { reject, type Rejection, type TurnContext } from "../decision.ts";
import { barrierDueMs, closeDueMs, deadlineOf, isCloseHeld, lastCutoffMs } from "./deadlines.ts";
import { questionLeft } from "./decide_lesson.ts";
import type { Act, Allowances, ClassroomEvent, ExtraTimes } from "./events.ts";
import { CLOSE_IN_MS_MAX, EXTEND_MS_MAX, LIMIT_MS_MAX, LIMIT_MS_MIN, REOPENS_MAX, UNTOLD_MAX } from "./limits.ts";
import type { EngineClassroomCommand, TeacherCommand } from "./messages.ts";
import { type ClassroomDecision, settle } from "./settle.ts";
import type { OpenedLesson, Question } from "./state.ts";

type Teacher<Type extends TeacherCommand["type"]> = Extract<TeacherCommand, { type: Type }>;
type Engine<Type extends EngineClassroomCommand["type"]> = Extract<EngineClassroomCommand, { type: Type }>;
type EventOf<Type extends ClassroomEvent["type"]> = Extract<ClassroomEvent, { type: Type }>;
type QuestionCommand = Teacher<"next" | "close_question" | "end_wait" | "reopen_question" | "extend_time">;

/** Whether it is a whole number within these, both included. */
export function within(count: number, least: number, most: number): boolean {
  return Number.isInteger(count) && count >= least && count <= most;
}

function refusedLimit(limitMs: number | null): Rejection | null {
  if (limitMs === null || within(limitMs, LIMIT_MS_MIN, LIMIT_MS_MAX)) return null;
  return reject("bad_limit", `A question takes ${LIMIT_MS_MIN} to ${LIMIT_MS_MAX} ms.`);
}

/** Who has more time than the others, or no limit. */
function allowancesNow({ students }: OpenedLesson): Allowances {
  const special = Object.values(students).filter(({ timeMultiplier }) => timeMultiplier !== 1);
  return Object.fromEntries(special.map(({ userId, timeMultiplier }) => [userId, timeMultiplier]));
}

export function notRunning({ phase }: OpenedLesson): Rejection | null {
  if (phase.kind === "running") return null;
  return reject("not_running", `The lesson is ${phase.kind}; it takes no questions.`);
}

/** The question before the class in one of its steps, or why not. */
export function questionAt(
  { question }: OpenedLesson,
  steps: readonly Question["step"]["kind"][],
): Question | Rejection {
  if (question === null) return reject("no_question", "No question is before the class.");
  if (steps.includes(question.step.kind)) return question;
  return reject("wrong_step", `The question is ${question.step.kind}; this needs it to be ${steps.join(" or ")}.`, {
    step: question.step.kind,
  });
}

function next(lesson: OpenedLesson, command: Teacher<"next">, by: string, context: TurnContext): ClassroomDecision {
  const { itemId, purpose, limitMs, reason } = command;
  if (lesson.plan.mode === "self_paced") {
    return reject("self_paced", "In this lesson everybody works at their own pace; open one that is not self-paced.");
  }
  const { question, asked, untold } = lesson;
  if (asked !== null || question?.step.kind === "open" || question?.step.kind === "closing") {
    return reject("question_open", "Close the question before you ask the next.");
  }
  if (untold.length >= UNTOLD_MAX) return reject("busy", "Earlier answers are being recorded; ask again in a moment.");
  const refused = notRunning(lesson) ?? refusedLimit(limitMs);
  if (refused !== null) return refused;
  const wanted = { itemId, purpose, limitMs: limitMs ?? lesson.plan.questionLimitMs };
  return settle(lesson, [...questionLeft(lesson), { type: "question_asked", ...wanted, by, reason }], context, {
    reply: { asked: true },
  });
}

function closeQuestion(
  lesson: OpenedLesson,
  question: Question,
  { inMs, reason }: Teacher<"close_question">,
  by: string,
  context: TurnContext,
): ClassroomDecision {
  if (!within(inMs, 0, CLOSE_IN_MS_MAX)) return reject("bad_delay", `Pens go down in 0 to ${CLOSE_IN_MS_MAX} ms.`);
  // A pause has stopped everybody already.
  const nowMs = lesson.phase.kind === "paused" ? lesson.phase.sinceMs : context.nowMs + inMs;
  return settle(lesson, [closing(question, { by, reason }, nowMs, {})], context, {
    reply: { question: question.number, cutoff_ms: nowMs },
  });
}

function closing(
  { number, round }: Question,
  act: Act | null,
  cutoffMs: number,
  extraMs: ExtraTimes,
): EventOf<"question_closing"> {
  return { type: "question_closing", question: number, round, act, cutoffMs, extraMs };
}

function pensDown({ number, round, answers }: Question): ClassroomEvent {
  return { type: "pens_down", question: number, round, counted: Object.keys(answers).length };
}

function reopenQuestion(
  lesson: OpenedLesson,
  question: Question,
  { limitMs, reason }: Pick<Teacher<"reopen_question">, "limitMs" | "reason">,
  round: number,
  by: string,
  context: TurnContext,
): ClassroomDecision {
  const refused = notRunning(lesson) ?? refusedLimit(limitMs);
  if (refused !== null) return refused;
  if (question.openings >= REOPENS_MAX) {
    return reject("reopen_limit", `A question is reopened at most ${REOPENS_MAX} times.`);
  }
  const reopened = {
    type: "question_reopened",
    question: question.number,
    round,
    openedAtMs: context.nowMs,
    limitMs: limitMs ?? lesson.plan.questionLimitMs,
    allowances: allowancesNow(lesson),
    by,
    reason,
  } as const;
  return settle(lesson, [reopened], context, { reply: { question: question.number, round } });
}

/** Peer instruction asks the same once more, after the discussion: everybody votes anew. */
export function decideVoteAgain(
  lesson: OpenedLesson,
  command: Teacher<"vote_again">,
  by: string,
  context: TurnContext,
): ClassroomDecision {
  const question = questionAt(lesson, ["down"]);
  if ("kind" in question) return question;
  if (question.purpose !== "vote") return reject("no_vote", "This question was not put to the vote.");
  if (question.round > 1) return reject("voted_twice", "The class has voted twice; reveal the answer.");
  return reopenQuestion(lesson, question, command, 2, by, context);
}

function extend(
  lesson: OpenedLesson,
  question: Question,
  { userId, byMs, reason }: Teacher<"extend_time">,
  by: string,
  context: TurnContext,
): ClassroomDecision {
  if (!within(byMs, 1, EXTEND_MS_MAX)) return reject("bad_extension", `More time is 1 to ${EXTEND_MS_MAX} ms.`);
  if (userId !== null && !Object.hasOwn(lesson.students, userId)) {
    return reject("unknown_student", "No student of this lesson has this id.");
  }
  const { allowances, limitMs, step } = question;
  const hasLimit = limitMs !== null && (userId === null || deadlineOf(question, userId) !== null);
  if (!hasLimit && step.kind !== "closing") return reject("no_limit", "There is no limit to extend.");
  const extended = { type: "time_extended", userId, byMs, allowances, by, reason } as const;
  const moved = step.kind === "closing" ? [closeMoved(question, step, userId, byMs, by)] : [];
  return settle(lesson, [extended, ...moved], context, { reply: { by_ms: byMs } });
}

/** The announced close, later for all or for one. The reason is told with the time itself, to whom it is given. */
function closeMoved(
  question: Question,
  { cutoffMs, extraMs }: Extract<Question["step"], { kind: "closing" }>,
  userId: string | null,
  byMs: number,
  by: string,
): EventOf<"question_closing"> {
  const act = { by, reason: null };
  if (userId === null) return closing(question, act, cutoffMs + byMs, extraMs);
  return closing(question, act, cutoffMs, { ...extraMs, [userId]: (entryOf(extraMs, userId) ?? 0) + byMs });
}

/** The question while it takes answers: before its close is announced, and until that comes. */
function answerable(lesson: OpenedLesson, nowMs: number): Question | Rejection {
  const isClosing = lesson.question?.step.kind === "closing" && mayStillAnswer(lesson, lesson.question, nowMs);
  return questionAt(lesson, isClosing ? ["open", "closing"] : ["open"]);
}

function mayStillAnswer(lesson: OpenedLesson, question: Question, nowMs: number): boolean {
  return isCloseHeld(lesson) || nowMs < (lastCutoffMs(lesson, question) ?? -Infinity);
}

/** Does what a teacher wants of the question before the class. */
export function decideQuestion(
  lesson: OpenedLesson,
  command: QuestionCommand,
  by: string,
  context: TurnContext,
): ClassroomDecision {
  switch (command.type) {
    case "next":
      return next(lesson, command, by, context);
    case "close_question": {
      const question = answerable(lesson, context.nowMs);
      return "kind" in question ? question : closeQuestion(lesson, question, command, by, context);
    }
    case "end_wait": {
      const question = questionAt(lesson, ["closing"]);
      if ("kind" in question) return question;
      if (mayStillAnswer(lesson, question, context.nowMs)) return reject("too_soon", "The class may still answer.");
      return settle(lesson, [pensDown(question)], context, { reply: { question: question.number } });
    }
    case "reopen_question": {
      const question = questionAt(lesson, ["down"]);
      return "kind" in question ? question : reopenQuestion(lesson, question, command, question.round, by, context);
    }
    case "extend_time": {
      const question = answerable(lesson, context.nowMs);
      return "kind" in question ? question : extend(lesson, question, command, by, context);
    }
    default:
      return assertNever(command);
  }
}

/** The item that was asked for is there, or is not. */
export function decideRendered(
  lesson: OpenedLesson,
  command: Engine<"question_rendered" | "question_failed">,
  context: TurnContext,
): ClassroomDecision {
  const { asked } = lesson;
  const { origin, seq, nowMs } = context;
  if (asked === null || (origin.kind === "effect" && origin.basisSeq < asked.askedSeq)) {
    return reject("late_result", "This question is not awaited any more.");
  }
  if (command.type === "question_failed") {
    return settle(lesson, [{ type: "question_failed", code: command.code, says: command.says }], context, {});
  }
  const { purpose, limitMs } = asked;
  return settle(
    lesson,
    [{
      type: "question_opened",
      number: seq + 1,
      item: command.item,
      purpose,
      openedAtMs: nowMs,
      limitMs,
      allowances: allowancesNow(lesson),
    }],
    context,
    {},
  );
}

/** The clock: closes the question once nobody can be in time, and puts pens down once nobody is waited for. */
export function decideQuestionDeadline(
  lesson: OpenedLesson,
  timer: "question_deadline" | "barrier_deadline",
  context: TurnContext,
): ClassroomDecision {
  const { question } = lesson;
  const dueMs = timer === "question_deadline" ? closeDueMs(lesson) : barrierDueMs(lesson);
  // Moved since it was set: it is set again where it now is.
  if (question === null || dueMs === null || context.nowMs < dueMs) return settle(lesson, [], context, {});
  if (timer === "barrier_deadline") return settle(lesson, [pensDown(question)], context, {});
  // Each learner's own deadline has cut them off before.
  return settle(lesson, [closing(question, null, context.nowMs, {})], context, {});
}
