/** What watchers are told of the rooms: their teachers all of it, each student where they themselves are to be. */
import type { Projection } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { actData } from "./act_data.ts";
import type { BreakoutEvent } from "./evolve_breakouts.ts";
import type { ClassroomAudience } from "./permission.ts";

type EventOf<Type extends BreakoutEvent["type"]> = Extract<BreakoutEvent, { type: Type }>;

/** Rooms are told to who is in them by `seated`, once they are there. */
function projectFormed(event: EventOf<"breakouts_formed">, { kind }: ClassroomAudience): Projection {
  const { number, how, seed, question, task, rooms, recallAtMs } = event;
  const common = { breakouts: number, question, task, recall_at_ms: recallAtMs, ...actData(event, kind) };
  if (kind !== "teacher") return { type: "breakouts", data: { ...common, room_id: null, room: null } };
  const all = rooms.map((room) => ({ room_id: room.roomId, room: room.number, members: room.members }));
  return { type: "breakouts", data: { ...common, how, seed, rooms: all } };
}

function projectSeats({ seats, act }: EventOf<"students_seated">): Projection {
  const all = seats.map(({ userId, roomId, number }) => ({ user_id: userId, room_id: roomId, room: number }));
  return { type: "seated", data: { seats: all, ...act === null ? {} : actData(act, "teacher") } };
}

/** For those inside; null for the others. */
export function projectBreakouts(event: BreakoutEvent, audience: ClassroomAudience): Projection | null {
  const { kind } = audience;
  if (kind === "lobby") return null;
  switch (event.type) {
    case "breakouts_formed":
      return projectFormed(event, audience);
    case "students_seated":
      return kind === "teacher" ? projectSeats(event) : null;
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
    case "room_reported": {
      const { roomId, number, letIn } = event;
      if (kind !== "student" || !letIn.includes(audience.userId)) return null;
      return { type: "seated", data: { room_id: roomId, room: number } };
    }
    default:
      return assertNever(event);
  }
}
