/** The rooms as a lesson's teachers and each student may see them. */
import type { Json } from "../json.ts";
import { attendanceOf } from "./attendance.ts";
import { isGone, openBreakouts, roomOf } from "./breakouts.ts";
import type { BreakoutRoom, Breakouts, OpenedLesson } from "./state.ts";

type JsonObject = { readonly [key: string]: Json };

/** Nothing written for so long, by one who is there. */
const SILENT_MS = 120_000;
/** Nobody else there for so long. */
const ALONE_MS = 60_000;

/** One who is in a room without talking, with nobody to talk to, or with a wish for help. */
interface RoomNeed {
  readonly userId: string;
  readonly kind: "help" | "silent" | "alone";
  readonly room: number;
  readonly sinceMs: number;
}

function needsIn(lesson: OpenedLesson, { formedAtMs }: Breakouts, room: BreakoutRoom, nowMs: number): RoomNeed[] {
  const { number, members, report } = room;
  const help = report?.help ?? null;
  const found: RoomNeed[] = help === null ? [] : [{ ...help, kind: "help", room: number }];
  const [first, ...others] = members.filter((userId) => !isGone(lesson, userId));
  if (first === undefined) return found;
  if (others.length === 0) {
    const leftAtMs = members.map((userId) => isGone(lesson, userId) ? attendanceOf(lesson, userId)?.sinceMs ?? 0 : 0);
    const sinceMs = Math.max(formedAtMs, ...leftAtMs);
    if (nowMs - sinceMs >= ALONE_MS) found.push({ userId: first, kind: "alone", room: number, sinceMs });
    return found;
  }
  for (const userId of [first, ...others]) {
    const lastAtMs = report?.members.find((member) => member.userId === userId)?.lastAtMs ?? formedAtMs;
    // Who has come back has had no time to talk yet.
    const sinceMs = Math.max(lastAtMs, attendanceOf(lesson, userId)?.sinceMs ?? 0);
    if (nowMs - sinceMs >= SILENT_MS) found.push({ userId, kind: "silent", room: number, sinceMs });
  }
  return found;
}

/** Who in the rooms needs somebody to look in; nobody once they are over. */
export function roomNeeds(lesson: OpenedLesson, nowMs: number): readonly RoomNeed[] {
  const breakouts = openBreakouts(lesson);
  return breakouts?.rooms.flatMap((room) => needsIn(lesson, breakouts, room, nowMs)) ?? [];
}

/** One room as its teachers see it; what is said there stands on its own channel. */
function roomRow(lesson: OpenedLesson, { roomId, number, members, report }: BreakoutRoom): JsonObject {
  return {
    room_id: roomId,
    room: number,
    status: report?.status ?? "open",
    present: members.filter((userId) => !isGone(lesson, userId)).length,
    written: report?.written ?? 0,
    members: members.map((userId) => {
      const told = report?.members.find((member) => member.userId === userId);
      return { user_id: userId, written: told?.written ?? 0, last_at_ms: told?.lastAtMs ?? null };
    }),
    help: report === null || report.help === null
      ? null
      : { user_id: report.help.userId, since_ms: report.help.sinceMs },
    agreed: report?.agreed ?? null,
    open_reports: report?.openReports ?? 0,
  };
}

function headOf({ number, question, task, formedAtMs, recallAtMs, overAtMs }: Breakouts): JsonObject {
  return {
    breakouts: number,
    question,
    task,
    formed_at_ms: formedAtMs,
    recall_at_ms: recallAtMs,
    over_at_ms: overAtMs,
  };
}

export function breakoutsForStaff(lesson: OpenedLesson): Json {
  const { breakouts } = lesson;
  if (breakouts === null) return null;
  return { ...headOf(breakouts), rooms: breakouts.rooms.map((room) => roomRow(lesson, room)) };
}

/** The same with those rooms alone of which something is new; null when nothing is. */
export function breakoutsChanged(before: OpenedLesson, after: OpenedLesson): Json {
  const { breakouts } = after;
  if (breakouts === null) return null;
  const was = before.breakouts?.number === breakouts.number ? before.breakouts : null;
  const isNews = (userId: string) => before.attendance[userId] !== after.attendance[userId];
  const rooms = breakouts.rooms.filter((room, i) => was?.rooms[i] !== room || room.members.some(isNews));
  if (was === breakouts && rooms.length === 0) return null;
  return { ...headOf(breakouts), rooms: rooms.map((room) => roomRow(after, room)) };
}

/** Where the student is to be, or was, once the room has let them in; others are not named here but in the room. */
export function breakoutsForStudent({ breakouts }: OpenedLesson, userId: string): Json {
  if (breakouts === null) return null;
  const seat = roomOf(breakouts, userId);
  const room = seat?.report?.members.some((member) => member.userId === userId) ? seat : null;
  return { ...headOf(breakouts), room_id: room?.roomId ?? null, room: room?.number ?? null };
}
