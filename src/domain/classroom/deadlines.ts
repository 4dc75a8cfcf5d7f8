/** When each learner's time is up, how far a stamp is believed, and whom pens down waits for. */
import type { ClientConnection } from "../decision.ts";
import { entryOf } from "../entry_of.ts";
import { attendanceOf } from "./attendance.ts";
import { GRACE_MS } from "./limits.ts";
import { isInside } from "./permission.ts";
import type { ClassroomEvent } from "./events.ts";
import type { OpenedLesson, Question, Student } from "./state.ts";

type EventOf<Type extends ClassroomEvent["type"]> = Extract<ClassroomEvent, { type: Type }>;

/** How often a learner has the limit; null: they have none. */
export function allowanceOf({ allowances }: Pick<Question, "allowances">, userId: string): number | null {
  return Object.hasOwn(allowances, userId) ? allowances[userId] ?? null : 1;
}

/** When the learner's own time is up, by the server's clock; null: when the teacher closes the question. */
export function deadlineOf(question: Question, userId: string): number | null {
  const { openedAtMs, limitMs, pausedMs, extraMs } = question;
  const allowance = allowanceOf(question, userId);
  if (limitMs === null || allowance === null) return null;
  return openedAtMs + limitMs * allowance + pausedMs + (entryOf(extraMs, userId) ?? 0);
}

/** The last moment at which the learner may answer: their deadline, or the close for all where that comes first. */
export function cutoffOf(question: Question, userId: string): number {
  const deadlineMs = deadlineOf(question, userId) ?? Infinity;
  return question.step.kind === "closing" ? Math.min(deadlineMs, closeOf(question.step, userId)) : deadlineMs;
}

/** When the close comes for this learner. */
export function closeOf(
  { cutoffMs, extraMs }: Pick<EventOf<"question_closing">, "cutoffMs" | "extraMs">,
  userId: string,
): number {
  return cutoffMs + (entryOf(extraMs, userId) ?? 0);
}

/**
 * When an answer was given, as far as its stamp is believed: never later than it came nor earlier than the question,
 * and no longer before its arrival than the way can take. By a connection that has been heard since before the answer
 * was given, or by none, that is {@link GRACE_MS}; what a younger one brings may have been kept as long as the plan
 * allows, whatever other devices of the learner there are.
 */
export function believedAnswerMs(
  { plan }: OpenedLesson,
  { openedAtMs }: Question,
  answer: { readonly answeredAtMs: number; readonly connection: ClientConnection | null },
  nowMs: number,
): number {
  // Calendars and journals know whole milliseconds only.
  const stampMs = Number.isFinite(answer.answeredAtMs) ? Math.round(answer.answeredAtMs) : nowMs;
  // No answer is older than its question: an older stamp is a wrong clock, not a sign of having been cut off.
  const givenMs = Math.max(stampMs, openedAtMs);
  const { connection } = answer;
  const wasHeard = connection === null || connection.heardSinceMs <= givenMs;
  const wayMsMax = wasHeard ? GRACE_MS : Math.max(GRACE_MS, plan.offlineMsMax);
  return Math.max(Math.min(stampMs, nowMs), nowMs - wayMsMax, openedAtMs);
}

/** Whether the learner has come and, were there time, could answer or change their answer. */
function mayAnswer(lesson: OpenedLesson, { answers, openings, closedTo }: Question, student: Student): boolean {
  const { plan } = lesson;
  const { userId, sinceMs } = student;
  if (closedTo.includes(userId)) return false;
  // Who has never been on the channel keeps nobody waiting; who was may have been cut off before they could enter.
  if (!isInside(lesson, student) || (sinceMs === null && attendanceOf(lesson, userId) === null)) return false;
  const answer = entryOf(answers, userId);
  return answer === null || (plan.answersMayChange && answer.opening === openings);
}

/**
 * When the clock closes the question: once everybody's time is up. Null while it stands still, and while somebody
 * without a limit has not answered.
 */
export function closeDueMs(lesson: OpenedLesson): number | null {
  const { phase, question, students } = lesson;
  if (question === null || question.step.kind !== "open" || phase.kind !== "running") return null;
  if (question.limitMs === null) return null;
  let dueMs = question.openedAtMs + question.limitMs + question.pausedMs;
  for (const student of Object.values(students)) {
    if (!mayAnswer(lesson, question, student)) continue;
    const deadlineMs = deadlineOf(question, student.userId);
    if (deadlineMs === null) return null;
    dueMs = Math.max(dueMs, deadlineMs);
  }
  return dueMs;
}

/** When a question that is closing takes its last answer, from whoever may still give one; null unless it is closing. */
export function lastCutoffMs({ students }: OpenedLesson, question: Question): number | null {
  const { step } = question;
  if (step.kind !== "closing") return null;
  const given = Object.keys(step.extraMs).filter((userId) => {
    return Object.hasOwn(students, userId) && !Object.hasOwn(question.answers, userId);
  });
  return Math.max(step.cutoffMs, ...given.map((userId) => cutoffOf(question, userId)));
}

/** Whether a pause has come before an announced close, so that the time until it stands still. */
export function isCloseHeld(lesson: OpenedLesson): boolean {
  const { phase, question } = lesson;
  if (phase.kind !== "paused" || question === null) return false;
  const cutoffMs = lastCutoffMs(lesson, question);
  return cutoffMs !== null && phase.sinceMs < cutoffMs;
}

/**
 * When pens are down: a grace after the close, for answers on their way. A learner of whom a device fell silent or went
 * since the question may have one at hand there: they are waited for as long as the plan says, or for a grace after it
 * or another in its place was heard. Right after a restart nobody knows who is there, so all who had come are waited
 * for alike. Null unless the question is closing, and while a pause holds its close.
 */
export function barrierDueMs(lesson: OpenedLesson): number | null {
  const { question, students, plan } = lesson;
  if (question === null || question.step.kind !== "closing" || isCloseHeld(lesson)) return null;
  // A clock that was held up, as by a restart, closes late: nobody loses the time that the way takes.
  const shutMs = Math.max(lastCutoffMs(lesson, question) ?? 0, question.step.closedAtMs);
  const patienceMs = shutMs + Math.max(GRACE_MS, plan.offlineMsMax);
  let dueMs = shutMs + GRACE_MS;
  for (const student of Object.values(students)) {
    if (!mayAnswer(lesson, question, student)) continue;
    const attendance = attendanceOf(lesson, student.userId);
    if (attendance === null) return patienceMs;
    // What was lost before the question was put holds no answer to it.
    if (attendance.lost.some(({ atMs }) => atMs > question.openedAtMs)) return patienceMs;
    dueMs = Math.max(dueMs, Math.min(attendance.heardSinceMs + GRACE_MS, patienceMs));
  }
  return dueMs;
}
