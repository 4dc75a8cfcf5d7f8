/** A lesson's present state as its teachers, one student, or who waits outside may see it. */
import type { Listing } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { entryOf } from "../entry_of.ts";
import type { Json } from "../json.ts";
import { roundShare } from "../session/tally.ts";
import { askedNow } from "./asked_now.ts";
import { breakoutsForStudent } from "./breakouts_view.ts";
import { isHere } from "./attendance.ts";
import type { ClassroomAudience } from "./permission.ts";
import { questionForStudent } from "./question_view.ts";
import type { ClassroomState, OpenedLesson } from "./state.ts";
import { type JsonObject, staffView } from "./teacher_view.ts";

function iso(ms: number | null): Json {
  return ms === null ? null : new Date(ms).toISOString();
}

function planData({ plan, lessonId, openedAtMs, startedAtMs, phase }: OpenedLesson): JsonObject {
  return {
    lesson_id: lessonId,
    class_id: plan.classId,
    course_id: plan.courseId,
    title: plan.title,
    mode: plan.mode,
    admission_by: plan.admission,
    answers_may_change: plan.answersMayChange,
    status: phase.kind,
    opened_at: iso(openedAtMs),
    started_at: iso(startedAtMs),
    paused_at: phase.kind === "paused" ? iso(phase.sinceMs) : null,
    closed_at: phase.kind === "closed" ? iso(phase.atMs) : null,
  };
}

function hasHost(lesson: OpenedLesson): boolean {
  return Object.keys(lesson.staff).some((userId) => isHere(lesson, userId));
}

function studentView(lesson: OpenedLesson, userId: string): JsonObject {
  const student = entryOf(lesson.students, userId);
  if (student === null) return {};
  const { answered, correct, points, handSinceMs, work, timeMultiplier } = student;
  const messages = lesson.notices.filter((notice) => notice.userId === null || notice.userId === userId);
  return {
    teacher_here: hasHost(lesson),
    time_multiplier: timeMultiplier,
    hand_raised: handSinceMs !== null,
    answered,
    correct,
    points: roundShare(points),
    session_id: work?.sessionId ?? null,
    question: questionForStudent(lesson, userId),
    breakouts: breakoutsForStudent(lesson, userId),
    messages: messages.map(({ number, userId: to, text, atMs }) => ({
      message: number,
      to: to === null ? "all" : "you",
      text,
      at: iso(atMs),
    })),
  };
}

/** The whole present state for one audience at `nowMs`. */
export function view(state: ClassroomState, audience: ClassroomAudience, nowMs: number): Json {
  if (state.status === "not_opened") return { status: "not_opened" };
  const common = planData(state);
  switch (audience.kind) {
    case "teacher":
      return { ...common, settings: settingsData(state), ...staffView(state, nowMs) };
    case "student":
      return { ...common, admission: "admitted", ...studentView(state, audience.userId) };
    case "lobby": {
      const admission = entryOf(state.students, audience.userId)?.admission ?? null;
      return { ...common, admission };
    }
    default:
      return assertNever(audience);
  }
}

function settingsData({ plan }: OpenedLesson): Json {
  return {
    question_limit_ms: plan.questionLimitMs,
    offline_ms_max: plan.offlineMsMax,
    leaderboard: plan.leaderboard,
  };
}

/** The class's list row, with what the lesson asks now, for whoever might tell the key of it (J19). */
export function listing(state: ClassroomState): Listing | null {
  if (state.status === "not_opened") return null;
  const { plan, phase, openedBy, openedAtMs, startedAtMs } = state;
  const asked = askedNow(state);
  return {
    ownerId: plan.classId,
    status: phase.kind,
    body: {
      course_id: plan.courseId,
      title: plan.title,
      mode: plan.mode,
      opened_by: openedBy,
      opened_at: iso(openedAtMs),
      started_at: iso(startedAtMs),
      closed_at: phase.kind === "closed" ? iso(phase.atMs) : null,
      asks: asked === null ? null : { item_id: asked.itemId, prompt: asked.prompt },
    },
  };
}
