/** Stored lessons of earlier versions: talks in groups that had no room, and nothing known of who had left. */
import { requireVersion } from "../schema_version.ts";
import type { Act, ClassroomEvent } from "./events.ts";
import type { ClassroomState, OpenedLesson, Question } from "./state.ts";

export const LESSON_SCHEMA_VERSION = 3;
const WITHOUT_ROOMS = 1;
const WITHOUT_DEPARTED = 2;

type PeopleHere = Omit<OpenedLesson, "departed">;
type BeforeRooms = Omit<PeopleHere, "breakouts">;

function withRoomGains(question: Question): Question {
  const { step } = question;
  if (step.kind !== "revealed") return question;
  return { ...question, step: { ...step, reveal: { ...step.reveal, roomGains: [] } } };
}

function withBreakouts({ question, ...lesson }: BeforeRooms): PeopleHere {
  return { ...lesson, question: question === null ? null : withRoomGains(question), breakouts: null };
}

function withSingles(question: Question): Question {
  const { step } = question;
  return { ...question, closedTo: [], step: step.kind === "closing" ? { ...step, extraMs: {} } : step };
}

function withDeparted({ question, ...lesson }: PeopleHere): OpenedLesson {
  return { ...lesson, question: question === null ? null : withSingles(question), departed: {} };
}

export function upcastState(version: number, stored: unknown): ClassroomState {
  const state = stored as ClassroomState;
  if (version !== WITHOUT_ROOMS && version !== WITHOUT_DEPARTED) {
    requireVersion("lesson state", version, LESSON_SCHEMA_VERSION);
    return state;
  }
  if (state.status !== "opened") return state;
  return withDeparted(version === WITHOUT_ROOMS ? withBreakouts(state) : state);
}

export function upcastEvent(version: number, type: string, stored: unknown): ClassroomEvent {
  const event = stored as ClassroomEvent;
  if (version !== WITHOUT_ROOMS && version !== WITHOUT_DEPARTED) {
    requireVersion(`lesson event ${type}`, version, LESSON_SCHEMA_VERSION);
    return event;
  }
  if (event.type === "question_closing") return { ...event, extraMs: {} };
  if (version === WITHOUT_DEPARTED) return event;
  if (type === "discussion_started") {
    // Nothing came of it: it let nobody in, like the event that stands for it now.
    const { by, reason } = stored as Act;
    return { type: "students_admitted", userIds: [], by, reason };
  }
  return event.type === "question_revealed" ? { ...event, roomGains: [] } : event;
}
