/** Stored lessons of version 1: votes were talked over in groups that no room was opened for. */
import { requireVersion } from "../schema_version.ts";
import type { Act, ClassroomEvent } from "./events.ts";
import type { ClassroomState, OpenedLesson, Question } from "./state.ts";

export const LESSON_SCHEMA_VERSION = 2;
const WITHOUT_ROOMS = 1;

function upcastQuestion(question: Question): Question {
  const { step } = question;
  if (step.kind !== "revealed") return question;
  return { ...question, step: { ...step, reveal: { ...step.reveal, roomGains: [] } } };
}

export function upcastState(version: number, stored: unknown): ClassroomState {
  const state = stored as ClassroomState;
  if (version !== WITHOUT_ROOMS) requireVersion("lesson state", version, LESSON_SCHEMA_VERSION);
  else if (state.status === "opened") {
    const { question, ...rest } = state as Omit<OpenedLesson, "breakouts">;
    return { ...rest, question: question === null ? null : upcastQuestion(question), breakouts: null };
  }
  return state;
}

export function upcastEvent(version: number, type: string, stored: unknown): ClassroomEvent {
  if (version !== WITHOUT_ROOMS) {
    requireVersion(`lesson event ${type}`, version, LESSON_SCHEMA_VERSION);
    return stored as ClassroomEvent;
  }
  if (type === "discussion_started") {
    // Nothing came of it: it let nobody in, like the event that stands for it now.
    const { by, reason } = stored as Act;
    return { type: "students_admitted", userIds: [], by, reason };
  }
  const event = stored as ClassroomEvent;
  return event.type === "question_revealed" ? { ...event, roomGains: [] } : event;
}
