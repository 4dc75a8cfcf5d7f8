/** What watchers are told about each event. No student is told another's answer, nor what is right while it is open. */
import type { Projection } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { publicItem } from "../curriculum/public_item.ts";
import { entryOf } from "../entry_of.ts";
import type { Json } from "../json.ts";
import { actData } from "./act_data.ts";
import { allowanceOf } from "./deadlines.ts";
import type { ClassroomEvent } from "./events.ts";
import { closeFor } from "./question_view.ts";
import type { ClassroomAudience } from "./permission.ts";
import { projectBreakouts } from "./project_breakouts.ts";
import { answersData, roomGainsData, standingsData } from "./reveal_view.ts";

type EventOf<Type extends ClassroomEvent["type"]> = Extract<ClassroomEvent, { type: Type }>;

/** One learner's time limit; the staff's is the plain one. */
function limitFor(
  { limitMs, allowances }: Pick<EventOf<"question_opened">, "limitMs" | "allowances">,
  audience: ClassroomAudience,
): number | null {
  const allowance = audience.kind === "teacher" ? 1 : allowanceOf({ allowances }, audience.userId);
  return limitMs === null || allowance === null ? null : limitMs * allowance;
}

function openedData(
  event: EventOf<"question_opened"> | EventOf<"question_reopened">,
  audience: ClassroomAudience,
): { readonly [key: string]: Json } {
  const limitMs = limitFor(event, audience);
  return {
    opened_at_ms: event.openedAtMs,
    limit_ms: limitMs,
    deadline_ms: limitMs === null ? null : event.openedAtMs + limitMs,
  };
}

function revealData(event: EventOf<"question_revealed">, audience: ClassroomAudience): Json {
  const { question, correctAnswer, explanation, results, answers, standings, gain, roomGains } = event;
  const own = audience.kind === "teacher" ? null : entryOf(results, audience.userId);
  return {
    question,
    correct_answer: correctAnswer,
    explanation,
    answers: answersData(answers, audience),
    standings: standingsData(standings, audience),
    gain: gain === null ? null : { ...gain },
    ...audience.kind === "teacher" ? { room_gains: roomGainsData(roomGains) } : {},
    your_result: own === null ? null : { ...own },
  };
}

/** Events that concern one student alone: null for all other students. */
function projectOwn(
  event: EventOf<
    | "student_waiting"
    | "student_entered"
    | "students_admitted"
    | "student_turned_away"
    | "answer_counted"
    | "override_sent"
    | "hand_raised"
  >,
  audience: ClassroomAudience,
): Projection | null {
  if (audience.kind === "teacher") return projectToStaff(event);
  switch (event.type) {
    case "students_admitted":
      return event.userIds.includes(audience.userId) ? { type: "admitted", data: { reason: event.reason } } : null;
    case "student_turned_away":
      return event.userId === audience.userId ? { type: "turned_away", data: { reason: event.reason } } : null;
    case "answer_counted": {
      const { question, round, userId, response, answeredAtMs } = event;
      if (userId !== audience.userId) return null;
      return { type: "answer_counted", data: { question, round, response, answered_at_ms: answeredAtMs } };
    }
    // Known to the student from the answer to what they sent, or from their session.
    case "student_waiting":
    case "student_entered":
    case "hand_raised":
    case "override_sent":
      return null;
    default:
      return assertNever(event);
  }
}

/** The staff's row of a student comes with the next digest; only what they did themselves is told as it happens. */
function projectToStaff(event: Parameters<typeof projectOwn>[0]): Projection | null {
  switch (event.type) {
    case "students_admitted":
      return { type: "admitted", data: { user_ids: event.userIds, ...actData(event, "teacher") } };
    case "student_turned_away":
      return { type: "turned_away", data: { user_id: event.userId, ...actData(event, "teacher") } };
    case "override_sent": {
      const { userId, sessionId, itemId } = event;
      const data = { user_id: userId, session_id: sessionId, item_id: itemId, ...actData(event, "teacher") };
      return { type: "override_sent", data };
    }
    case "student_waiting":
    case "student_entered":
    case "answer_counted":
    case "hand_raised":
      return null;
    default:
      return assertNever(event);
  }
}

type LessonEvent = EventOf<
  "lesson_started" | "lesson_paused" | "lesson_resumed" | "lesson_closed" | "lesson_reopened"
>;

const LESSON_STATUS: { readonly [type in LessonEvent["type"]]: string } = {
  lesson_started: "running",
  lesson_paused: "paused",
  lesson_resumed: "running",
  lesson_closed: "closed",
  lesson_reopened: "running",
};

function projectLesson(event: LessonEvent, { kind }: ClassroomAudience): Projection {
  const act = event.type === "lesson_closed" ? event.act : event;
  const pausedMs = event.type === "lesson_resumed" ? { paused_ms: event.pausedMs } : {};
  const data = { status: LESSON_STATUS[event.type], ...pausedMs, ...act === null ? {} : actData(act, kind) };
  return { type: "lesson_status", data };
}

function projectExtension(event: EventOf<"time_extended">, audience: ClassroomAudience): Projection | null {
  const { userId, byMs, allowances } = event;
  const act = actData(event, audience.kind);
  if (audience.kind === "teacher") return { type: "time_extended", data: { user_id: userId, by_ms: byMs, ...act } };
  if (userId !== null) {
    return userId === audience.userId ? { type: "time_extended", data: { by_ms: byMs, ...act } } : null;
  }
  const allowance = allowanceOf({ allowances }, audience.userId);
  return allowance === null ? null : { type: "time_extended", data: { by_ms: byMs * allowance, ...act } };
}

function projectSpotlight(event: EventOf<"spotlighted">, audience: ClassroomAudience): Projection {
  const { question, userId, named, answer, correct } = event;
  const shown = named || audience.kind === "teacher" ? userId : null;
  const data = { question, answer, correct, user_id: shown, ...actData(event, audience.kind) };
  return { type: "spotlight", data };
}

function projectMessage(event: EventOf<"message_sent">, audience: ClassroomAudience): Projection | null {
  const { number, userId, text } = event;
  if (audience.kind === "teacher") {
    return { type: "message", data: { message: number, user_id: userId, text, ...actData(event, "teacher") } };
  }
  if (userId !== null && userId !== audience.userId) return null;
  return { type: "message", data: { message: number, to: userId === null ? "all" : "you", text } };
}

function projectQuestion(
  event: EventOf<
    | "question_asked"
    | "question_failed"
    | "question_opened"
    | "question_closing"
    | "pens_down"
    | "question_reopened"
    | "question_revealed"
    | "question_left"
  >,
  audience: ClassroomAudience,
): Projection | null {
  const { kind } = audience;
  switch (event.type) {
    case "question_asked": {
      const { itemId, purpose, limitMs } = event;
      if (kind !== "teacher") return null;
      return { type: "question_asked", data: { item_id: itemId, purpose, limit_ms: limitMs, ...actData(event, kind) } };
    }
    case "question_failed":
      return kind === "teacher" ? { type: "question_failed", data: { code: event.code, says: event.says } } : null;
    case "question_opened": {
      const { number, item, purpose } = event;
      const data = { question: number, round: 1, purpose, item: publicItem(item), ...openedData(event, audience) };
      return { type: "question", data };
    }
    case "question_closing": {
      const { question, round, act } = event;
      const data = { question, round, cutoff_ms: closeFor(event, audience), ...act === null ? {} : actData(act, kind) };
      return { type: "question_closing", data };
    }
    case "pens_down": {
      const { question, round, counted } = event;
      return { type: "pens_down", data: kind === "teacher" ? { question, round, counted } : { question, round } };
    }
    case "question_reopened": {
      const { question, round } = event;
      const data = { question, round, ...openedData(event, audience), ...actData(event, kind) };
      return { type: "question_reopened", data };
    }
    case "question_revealed":
      return { type: "question_revealed", data: revealData(event, audience) };
    case "question_left":
      return { type: "question_left", data: { question: event.question } };
    default:
      return assertNever(event);
  }
}

/** The event's wire name and data for one audience; null when it is not for them. */
export function project(event: ClassroomEvent, audience: ClassroomAudience): Projection | null {
  const isOutside = audience.kind === "lobby";
  switch (event.type) {
    case "student_waiting":
    case "student_entered":
    case "students_admitted":
    case "student_turned_away":
    case "answer_counted":
    case "override_sent":
    case "hand_raised":
      return projectOwn(event, audience);
    case "lesson_started":
    case "lesson_paused":
    case "lesson_resumed":
    case "lesson_closed":
    case "lesson_reopened":
      return projectLesson(event, audience);
    // Who waits outside is told of the lesson's course and of their own admission alone.
    case "question_asked":
    case "question_failed":
    case "question_opened":
    case "question_closing":
    case "pens_down":
    case "question_reopened":
    case "question_revealed":
    case "question_left":
      return isOutside ? null : projectQuestion(event, audience);
    case "time_extended":
      return isOutside ? null : projectExtension(event, audience);
    case "breakouts_formed":
    case "students_seated":
    case "rooms_told":
    case "rooms_recalled":
    case "rooms_over":
    case "room_reported":
      return projectBreakouts(event, audience);
    case "spotlighted":
      return isOutside ? null : projectSpotlight(event, audience);
    case "message_sent":
      return isOutside ? null : projectMessage(event, audience);
    case "lesson_opened":
    case "roster_changed":
    case "answers_told":
    case "student_progressed":
    case "mastery_moved":
      return null;
    default:
      return assertNever(event);
  }
}
