/** What watchers are told of the rooms: their teachers all of it, each student where they themselves are to be. */
import type { Projection } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { actData } from "./act_data.ts";
import type { NewSeat } from "./events.ts";
import type { BreakoutEvent } from "./evolve_breakouts.ts";
import type { ClassroomAudience } from "./permission.ts";

type EventOf<Type extends BreakoutEvent["type"]> = Extract<BreakoutEvent, { type: Type }>;

function projectFormed(event: EventOf<"breakouts_formed">, audience: ClassroomAudience): Projection {
  const { number, how, seed, question, task, rooms, recallAtMs } = event;
  const common = { breakouts: number, question, task, recall_at_ms: recallAtMs, ...actData(event, audience.kind) };
  if (audience.kind === "teacher") {
    const all = rooms.map((room) => ({ room_id: room.roomId, room: room.number, members: room.members }));
    return { type: "breakouts", data: { ...common, how, seed, rooms: all } };
  }
  const own = rooms.find(({ members }) => members.includes(audience.userId));
  return { type: "breakouts", data: { ...common, room_id: own?.roomId ?? null, room: own?.number ?? null } };
}

function seatData({ roomId, number }: NewSeat) {
  return { room_id: roomId, room: number };
}

function projectSeats({ seats, act }: EventOf<"students_seated">, audience: ClassroomAudience): Projection | null {
  const why = act === null ? {} : actData(act, audience.kind);
  if (audience.kind === "teacher") {
    const all = seats.map((seat) => ({ user_id: seat.userId, ...seatData(seat) }));
    return { type: "seated", data: { seats: all, ...why } };
  }
  const own = seats.findLast(({ userId }) => userId === audience.userId);
  return own === undefined ? null : { type: "seated", data: { ...seatData(own), ...why } };
}

/** For those inside; null for the others. */
export function projectBreakouts(event: BreakoutEvent, audience: ClassroomAudience): Projection | null {
  const { kind } = audience;
  if (kind === "lobby") return null;
  switch (event.type) {
    case "breakouts_formed":
      return projectFormed(event, audience);
    case "students_seated":
      return projectSeats(event, audience);
    case "rooms_told": {
      const { roomId, text } = event;
      // The rooms' own channels bring it to who is in them.
      if (kind === "student") return null;
      return { type: "rooms_told", data: { room_id: roomId, text, ...actData(event, kind) } };
    }
    case "rooms_recalled":
      return { type: "rooms_recalled", data: { recall_at_ms: event.recallAtMs, ...actData(event, kind) } };
    case "rooms_over":
      return { type: "rooms_over", data: {} };
    // The staff's rows of rooms come with the next digest.
    case "room_reported":
      return null;
    default:
      return assertNever(event);
  }
}
