/** Decides how a lesson opens, starts, rests, goes on and ends. */
import { assertNever } from "../assert_never.ts";
import { type Message, reject, type Rejection, tell, type TurnContext } from "../decision.ts";
import { isPlainLine } from "../plain_line.ts";
import { sessionAddress } from "../session/messages.ts";
import { openBreakouts } from "./breakouts.ts";
import type { ClassroomEvent } from "./events.ts";
import {
  LESSON_IDLE_MS_MAX,
  LESSON_REOPEN_MS_MAX,
  LESSON_REOPENS_MAX,
  LIMIT_MS_MAX,
  LIMIT_MS_MIN,
  OFFLINE_MS_MAX,
} from "./limits.ts";
import type { EngineClassroomCommand, TeacherCommand } from "./messages.ts";
import { senderOf } from "./permission.ts";
import type { LessonPlan } from "./plan.ts";
import { ROSTER_MAX } from "./roster.ts";
import { type ClassroomDecision, settle } from "./settle.ts";
import type { ClassroomState, OpenedLesson } from "./state.ts";

type LessonCommand = Extract<
  TeacherCommand,
  { type: "start" | "pause" | "resume" | "close_lesson" | "reopen_lesson" }
>;

function faultOf({ questionLimitMs, offlineMsMax, title }: LessonPlan): string | null {
  const limitFits = questionLimitMs === null ||
    (Number.isInteger(questionLimitMs) && questionLimitMs >= LIMIT_MS_MIN && questionLimitMs <= LIMIT_MS_MAX);
  if (!limitFits) return `a question's usual time is ${LIMIT_MS_MIN} to ${LIMIT_MS_MAX} ms, or none`;
  const offlineFits = Number.isInteger(offlineMsMax) && offlineMsMax >= 0 && offlineMsMax <= OFFLINE_MS_MAX;
  if (!offlineFits) return `answers of those cut off are waited for 0 to ${OFFLINE_MS_MAX} ms`;
  return isPlainLine(title) ? null : "a title shows something, on one line";
}

/** Opens a lesson; whose class it is has been found out by the edge, whom to believe stands in the roster. */
export function decideOpening(
  state: ClassroomState,
  { plan, roster }: Extract<EngineClassroomCommand, { type: "open_lesson" }>,
  context: TurnContext,
): ClassroomDecision {
  if (state.status === "opened") return reject("already_opened", "This lesson has been opened.");
  const sender = senderOf(context.origin);
  const isTheirs = sender !== null && (sender.role === "admin" ||
    roster.some(({ userId, part }) => userId === sender.userId && part !== "student"));
  if (sender === null || !isTheirs) return reject("forbidden", "Only a teacher of the class opens its lessons.");
  const fault = faultOf(plan);
  if (fault !== null) return reject("bad_plan", `This lesson cannot be: ${fault}.`);
  if (roster.length > ROSTER_MAX) return reject("class_too_large", `A lesson has at most ${ROSTER_MAX} members.`);
  const opened = { type: "lesson_opened", by: sender.userId, plan, roster, seed: context.seed } as const;
  return settle(state, [opened], context, { reply: { lesson_id: state.lessonId, status: "open" } });
}

/** Everybody's own session rests and goes on with the lesson. */
function sessionsTold(
  { students }: OpenedLesson,
  from: "active" | "paused",
  command: "pause" | "resume",
): readonly Message[] {
  return Object.values(students).flatMap(({ work }) =>
    work?.status === from ? [tell(sessionAddress(work.sessionId), { type: command })] : []
  );
}

function hasOpenQuestion({ question, asked }: OpenedLesson): boolean {
  return asked !== null || question?.step.kind === "open" || question?.step.kind === "closing";
}

/** What a lesson leaves behind when it ends: everybody is back, and an unrevealed question counts all the same. */
function leftBehind(lesson: OpenedLesson): readonly ClassroomEvent[] {
  const over: readonly ClassroomEvent[] = openBreakouts(lesson) === null ? [] : [{ type: "rooms_over" }];
  return [...over, ...questionLeft(lesson)];
}

export function questionLeft({ question }: OpenedLesson): readonly ClassroomEvent[] {
  if (question === null || question.step.kind === "revealed") return [];
  return [{ type: "question_left", question: question.number }];
}

function refusedHere(lesson: OpenedLesson, wish: LessonCommand["type"], nowMs: number): Rejection | null {
  const { phase } = lesson;
  switch (wish) {
    case "start":
      return phase.kind === "open" ? null : reject("already_started", "The lesson has been started.");
    case "pause":
      return phase.kind === "running" ? null : reject("not_running", "The lesson is not running.");
    case "resume":
      return phase.kind === "paused" ? null : reject("not_paused", "The lesson is not paused.");
    case "close_lesson":
      if (phase.kind === "closed") return reject("lesson_closed", "The lesson is closed.");
      return hasOpenQuestion(lesson) ? reject("question_open", "Close the question first.") : null;
    case "reopen_lesson": {
      if (phase.kind !== "closed") return reject("not_closed", "The lesson is not closed.");
      const late = nowMs - phase.atMs > LESSON_REOPEN_MS_MAX || lesson.reopens >= LESSON_REOPENS_MAX;
      return late ? reject("reopen_limit", "This lesson cannot be opened again; open another.") : null;
    }
    default:
      return assertNever(wish);
  }
}

/** Does what a teacher wants of the lesson as a whole. */
export function decideLesson(
  lesson: OpenedLesson,
  { type, reason }: LessonCommand,
  by: string,
  context: TurnContext,
): ClassroomDecision {
  const refused = refusedHere(lesson, type, context.nowMs);
  if (refused !== null) return refused;
  const act = { by, reason };
  switch (type) {
    case "start":
      return settle(lesson, [{ type: "lesson_started", ...act }], context, { reply: { status: "running" } });
    case "pause": {
      const messages = sessionsTold(lesson, "active", "pause");
      return settle(lesson, [{ type: "lesson_paused", ...act }], context, { reply: { status: "paused" }, messages });
    }
    case "resume": {
      const pausedMs = lesson.phase.kind === "paused" ? Math.max(0, context.nowMs - lesson.phase.sinceMs) : 0;
      const messages = sessionsTold(lesson, "paused", "resume");
      const resumed = { type: "lesson_resumed", pausedMs, ...act } as const;
      return settle(lesson, [resumed], context, { reply: { status: "running" }, messages });
    }
    case "close_lesson":
      return settle(lesson, [...leftBehind(lesson), { type: "lesson_closed", act }], context, {
        reply: { status: "closed" },
      });
    case "reopen_lesson":
      return settle(lesson, [{ type: "lesson_reopened", ...act }], context, { reply: { status: "running" } });
    default:
      return assertNever(type);
  }
}

/** Closes a lesson that its staff have left alone for long, whatever is open in it. */
export function decideLessonDeadline(lesson: OpenedLesson, context: TurnContext): ClassroomDecision {
  if (lesson.phase.kind === "closed") return reject("lesson_closed", "The lesson is closed.");
  if (context.nowMs < lesson.staffHeardAtMs + LESSON_IDLE_MS_MAX) return settle(lesson, [], context, {});
  const { question } = lesson;
  const down: readonly ClassroomEvent[] = question?.step.kind === "open" || question?.step.kind === "closing"
    ? [{
      type: "pens_down",
      question: question.number,
      round: question.round,
      counted: Object.keys(question.answers).length,
    }]
    : [];
  return settle(lesson, [...down, ...leftBehind(lesson), { type: "lesson_closed", act: null }], context, {});
}
