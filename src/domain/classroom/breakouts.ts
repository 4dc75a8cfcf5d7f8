/** Who sits where while a lesson's students are out in rooms. */
import { attendanceOf, deviceCount } from "./attendance.ts";
import type { NewSeat } from "./events.ts";
import { ROOM_SIZE_MAX } from "./limits.ts";
import { isInside } from "./permission.ts";
import type { BreakoutRoom, Breakouts, OpenedLesson } from "./state.ts";

/** The lesson's breakouts while they last. */
export function openBreakouts({ breakouts }: Pick<OpenedLesson, "breakouts">): Breakouts | null {
  return breakouts?.overAtMs === null ? breakouts : null;
}

export function roomOf({ rooms }: Pick<Breakouts, "rooms">, userId: string): BreakoutRoom | null {
  return rooms.find(({ members }) => members.includes(userId)) ?? null;
}

export function roomIdOf(lessonId: string, breakouts: number, number: number): string {
  return `${lessonId}.${breakouts}.${number}`;
}

/** Whether the student is gone for all that is known; right after a restart nothing is. */
export function isGone(lesson: OpenedLesson, userId: string): boolean {
  const attendance = attendanceOf(lesson, userId);
  return attendance !== null && deviceCount(attendance) === 0;
}

/** Students who are in the lesson and have come: they are to have a room. */
function seatable(lesson: OpenedLesson): readonly string[] {
  return Object.values(lesson.students)
    .filter((student) => isInside(lesson, student) && student.sinceMs !== null)
    .map(({ userId }) => userId);
}

/** Of those, the ones who can talk now. */
export function talkable(lesson: OpenedLesson): readonly string[] {
  return seatable(lesson).filter((userId) => !isGone(lesson, userId));
}

/** The rooms once these have sat down there; one that is not among them is new. */
export function reseated(rooms: readonly BreakoutRoom[], seats: readonly NewSeat[]): readonly BreakoutRoom[] {
  let after = rooms;
  for (const { userId, roomId, number } of seats) {
    if (!after.some((room) => room.roomId === roomId)) {
      after = [...after, { roomId, number, members: [], report: null }];
    }
    after = after.map((room) => {
      const others = room.members.filter((id) => id !== userId);
      if (room.roomId === roomId) return { ...room, members: [...others, userId] };
      return others.length === room.members.length ? room : { ...room, members: others };
    });
  }
  return after;
}

/** Whether one more can sit down there and finds somebody; a room may have ended by itself. */
function hasPlace({ members, report }: BreakoutRoom): boolean {
  return members.length > 0 && members.length < ROOM_SIZE_MAX && report?.status !== "ended";
}

/** A place for one more, where the fewest are who can talk; null when every room is full. */
function freestRoom(lesson: OpenedLesson, rooms: readonly BreakoutRoom[]): BreakoutRoom | null {
  const talking = ({ members }: BreakoutRoom) => members.filter((userId) => !isGone(lesson, userId)).length;
  const [freest] = rooms.filter(hasPlace).sort((a, b) =>
    talking(a) - talking(b) || a.members.length - b.members.length || a.number - b.number
  );
  return freest ?? null;
}

/**
 * Seats for all who have come and have none, and for who has been left alone while another room has a place. When all
 * rooms are full, a further one is opened.
 */
export function seatsDue(lesson: OpenedLesson): readonly NewSeat[] {
  const breakouts = openBreakouts(lesson);
  if (breakouts === null) return [];
  const seats: NewSeat[] = [];
  let { rooms } = breakouts;
  const sit = (userId: string, { roomId, number }: Pick<BreakoutRoom, "roomId" | "number">) => {
    seats.push({ userId, roomId, number });
    rooms = reseated(rooms, seats.slice(-1));
  };
  const seated = new Set(rooms.flatMap(({ members }) => members));
  for (const userId of seatable(lesson)) {
    if (seated.has(userId)) continue;
    const number = rooms.length + 1;
    sit(userId, freestRoom(lesson, rooms) ?? { roomId: roomIdOf(lesson.lessonId, breakouts.number, number), number });
  }
  for (const { roomId, members: [alone] } of rooms.filter(({ members }) => members.length === 1)) {
    // Somebody may have been put there just now.
    if (alone === undefined || rooms.some((room) => room.roomId === roomId && room.members.length !== 1)) continue;
    const company = freestRoom(lesson, rooms.filter((room) => room.roomId !== roomId));
    if (company !== null) sit(alone, company);
  }
  return seats;
}
