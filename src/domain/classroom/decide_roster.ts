/** Decides who comes in: by the roster, through the lobby, and who is there now. */
import { assertNever } from "../assert_never.ts";
import { reject, type TurnContext } from "../decision.ts";
import { attendanceOf, attended, attentive } from "./attendance.ts";
import type { ClassroomEvent } from "./events.ts";
import type { EngineClassroomCommand, StudentCommand, TeacherCommand } from "./messages.ts";
import { connectionOf } from "./permission.ts";
import { ROSTER_MAX } from "./roster.ts";
import { type ClassroomDecision, settle, settleNoted } from "./settle.ts";
import type { Attendance, OpenedLesson, Student } from "./state.ts";

type Engine<Type extends EngineClassroomCommand["type"]> = Extract<EngineClassroomCommand, { type: Type }>;

/** The class has told of members who came, changed or left. */
export function decideRoster(
  lesson: OpenedLesson,
  { upserted, removed }: Engine<"roster_changed">,
  context: TurnContext,
): ClassroomDecision {
  const ids = new Set([...Object.keys(lesson.staff), ...Object.keys(lesson.students)]);
  for (const { userId } of upserted) ids.add(userId);
  for (const userId of removed) ids.delete(userId);
  if (ids.size > ROSTER_MAX) return reject("class_too_large", `A lesson has at most ${ROSTER_MAX} members.`);
  const staying = upserted.filter(({ part }) => part !== "student").map(({ userId }) => userId);
  const changed = [...removed, ...upserted.map(({ userId }) => userId)];
  const leftStaff = changed.filter((userId) => Object.hasOwn(lesson.staff, userId) && !staying.includes(userId));
  return settle(lesson, [{ type: "roster_changed", upserted, removed, leftStaff }], context, {
    reply: { members: ids.size },
  });
}

/** What coming in records: the first time, into the lesson or into its lobby. */
function comingIn({ plan }: OpenedLesson, { userId, admission, sinceMs }: Student): readonly ClassroomEvent[] {
  switch (admission) {
    case "expected":
      return [{ type: plan.admission === "open" ? "student_entered" : "student_waiting", userId }];
    case "admitted":
      return sinceMs === null ? [{ type: "student_entered", userId }] : [];
    case "waiting":
    case "turned_away":
      return [];
    default:
      return assertNever(admission);
  }
}

export function decideEntry(lesson: OpenedLesson, student: Student, context: TurnContext): ClassroomDecision {
  if (lesson.phase.kind === "closed") return reject("lesson_closed", "The lesson is closed.");
  if (student.admission === "turned_away") return reject("turned_away", "Your teacher has not let you in.");
  const events = comingIn(lesson, student);
  const waits = student.admission === "waiting" || events.some(({ type }) => type === "student_waiting");
  return settle(lesson, events, context, { reply: { admission: waits ? "waiting" : "admitted" } });
}

function withAttendance(lesson: OpenedLesson, userId: string, attendance: Attendance): OpenedLesson {
  return { ...lesson, attendance: { ...lesson.attendance, [userId]: attendance } };
}

/** The edge tells of a person's devices on the channel. */
export function decideAttendance(
  lesson: OpenedLesson,
  { userId, devices }: Engine<"attendance">,
  context: TurnContext,
): ClassroomDecision {
  const isKnown = Object.hasOwn(lesson.students, userId) || Object.hasOwn(lesson.staff, userId);
  // Administrators look in without being of the class.
  if (!isKnown) return reject("unknown_member", "Nobody of this lesson.");
  const attendance = attended(attendanceOf(lesson, userId), devices, context.nowMs);
  return settleNoted(lesson, withAttendance(lesson, userId, attendance), context, {
    reply: { devices: devices.length },
  });
}

/** A tab was hidden or shown, on the device that says so. */
export function decideAttention(
  lesson: OpenedLesson,
  userId: string,
  tab: Extract<StudentCommand, { type: "attention" }>,
  context: TurnContext,
): ClassroomDecision {
  const connection = connectionOf(context.origin);
  if (connection === null) return reject("no_connection", "Only a device that is connected has a tab.");
  const attendance = attentive(attendanceOf(lesson, userId), connection, tab, context.nowMs);
  return settleNoted(lesson, withAttendance(lesson, userId, attendance), context, { reply: { hidden: tab.hidden } });
}

/** Lets one or all who wait in, or sends one away, who may be let in later. */
export function decideAdmission(
  lesson: OpenedLesson,
  command: Extract<TeacherCommand, { type: "admit" | "turn_away" }>,
  by: string,
  context: TurnContext,
): ClassroomDecision {
  const act = { by, reason: command.reason };
  const { userId } = command;
  if (userId !== null && !Object.hasOwn(lesson.students, userId)) {
    return reject("unknown_student", "No student of this lesson has this id.");
  }
  if (command.type === "turn_away") {
    return settle(lesson, [{ type: "student_turned_away", userId: command.userId, ...act }], context, {
      reply: { turned_away: command.userId },
    });
  }
  const waiting = Object.values(lesson.students).filter(({ admission }) => admission === "waiting");
  const userIds = userId === null ? waiting.map((student) => student.userId) : [userId];
  const events: readonly ClassroomEvent[] = userIds.length === 0
    ? []
    : [{ type: "students_admitted", userIds, ...act }];
  return settle(lesson, events, context, { reply: { admitted: userIds } });
}
