/** How events change the rooms that a lesson's students are in. */
import type { EventPlace } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { ImpossibleEventError } from "../impossible_event.ts";
import { reseated } from "./breakouts.ts";
import type { ClassroomEvent } from "./events.ts";
import type { BreakoutRoom, Breakouts, OpenedLesson } from "./state.ts";

export type BreakoutEvent = Extract<
  ClassroomEvent,
  { type: "breakouts_formed" | "students_seated" | "rooms_told" | "rooms_recalled" | "rooms_over" | "room_reported" }
>;

function formed(event: Extract<BreakoutEvent, { type: "breakouts_formed" }>, { atMs }: EventPlace): Breakouts {
  const { number, question, task, rooms, recallAtMs } = event;
  return {
    number,
    question,
    task,
    rooms: rooms.map((seats): BreakoutRoom => ({ ...seats, report: null })),
    formedAtMs: atMs,
    recallAtMs,
    overAtMs: null,
  };
}

function changed(
  breakouts: Breakouts,
  event: Exclude<BreakoutEvent, { type: "breakouts_formed" }>,
  { atMs }: EventPlace,
): Breakouts {
  const { rooms } = breakouts;
  switch (event.type) {
    case "students_seated":
      return { ...breakouts, rooms: reseated(rooms, event.seats) };
    case "rooms_told":
      return breakouts;
    case "rooms_recalled":
      return { ...breakouts, recallAtMs: event.recallAtMs };
    case "rooms_over":
      return { ...breakouts, overAtMs: atMs };
    case "room_reported": {
      const { roomId, report } = event;
      return { ...breakouts, rooms: rooms.map((room) => room.roomId === roomId ? { ...room, report } : room) };
    }
    default:
      return assertNever(event);
  }
}

/** The lesson with its rooms as they are after `event`. */
export function withBreakouts(lesson: OpenedLesson, event: BreakoutEvent, place: EventPlace): OpenedLesson {
  if (event.type === "breakouts_formed") return { ...lesson, breakouts: formed(event, place) };
  const { breakouts } = lesson;
  if (breakouts === null) throw new ImpossibleEventError(`${event.type} in a lesson without rooms`);
  return { ...lesson, breakouts: changed(breakouts, event, place) };
}

/** The lesson with nobody in a room who has left it, or has been turned away. */
export function withoutSeats(lesson: OpenedLesson, userIds: readonly string[]): OpenedLesson {
  const { breakouts } = lesson;
  if (breakouts === null || breakouts.overAtMs !== null) return lesson;
  const isGoing = (userId: string) => userIds.includes(userId);
  const rooms = breakouts.rooms.map((room) =>
    room.members.some(isGoing) ? { ...room, members: room.members.filter((userId) => !isGoing(userId)) } : room
  );
  return { ...lesson, breakouts: { ...breakouts, rooms } };
}
