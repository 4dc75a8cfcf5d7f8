/** When a breakout tells its lesson how it stands, and what. */
import { classroomAddress } from "../classroom/messages.ts";
import { type Message, tell } from "../decision.ts";
import { REPORT_EVERY_MS } from "./limits.ts";
import type { RoomReport } from "./room_report.ts";
import { membersIn, type OpenedRoom } from "./state.ts";

/** The first to have asked, of those who still do. */
function helpIn(room: OpenedRoom): RoomReport["help"] {
  const asking = membersIn(room).flatMap(({ userId, helpSinceMs }) =>
    helpSinceMs === null ? [] : [{ userId, sinceMs: helpSinceMs }]
  );
  return asking.sort((a, b) => a.sinceMs - b.sinceMs)[0] ?? null;
}

function agreedIn({ task }: OpenedRoom): string | null {
  return task?.step.kind === "over" ? task.step.outcome.answer : null;
}

function openReports({ reports }: OpenedRoom): number {
  return reports.filter(({ settled }) => settled === null).length;
}

function reportOf(room: OpenedRoom): RoomReport {
  return {
    status: room.phase.kind,
    written: room.messageCount,
    members: membersIn(room).map(({ userId, written, wroteAtMs }) => ({ userId, written, lastAtMs: wroteAtMs })),
    help: helpIn(room),
    agreed: agreedIn(room),
    openReports: openReports(room),
  };
}

/** When the lesson is to be told of more words; null when it knows of all. */
export function reportDueMs({ plan, lessonKnows, messageCount }: OpenedRoom): number | null {
  return plan.lessonId === null || messageCount === lessonKnows.messages ? null : lessonKnows.atMs + REPORT_EVERY_MS;
}

/** What a teacher has to know at once. */
function pressing(room: OpenedRoom): string {
  const members = membersIn(room).map(({ userId }) => userId);
  return JSON.stringify([room.phase.kind, members, helpIn(room)?.userId, agreedIn(room), openReports(room)]);
}

export function isReportDue(before: OpenedRoom, after: OpenedRoom, nowMs: number): boolean {
  if (after.plan.lessonId === null) return false;
  const dueMs = reportDueMs(after);
  return (dueMs !== null && nowMs >= dueMs) || pressing(before) !== pressing(after);
}

export function reportTold(room: OpenedRoom): readonly Message[] {
  const { lessonId } = room.plan;
  return lessonId === null ? [] : [tell(classroomAddress(lessonId), { type: "room_report", report: reportOf(room) })];
}
