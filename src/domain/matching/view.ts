/** What a learner is told of their own search; of others' nothing but how many look for partners. */
import type { Projection } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { entryOf } from "../entry_of.ts";
import type { Json } from "../json.ts";
import type { RoomPerson } from "../room/plan.ts";
import type { MatchedGroup, MatchingEvent } from "./messages.ts";
import { type MatchingState, openSearches, outcomeOf, searchOf } from "./state.ts";

function membersJson(members: readonly RoomPerson[]): Json {
  return members.map(({ userId, name }) => ({ user_id: userId, name }));
}

/** How it stands with `userId`. */
export function view(state: MatchingState, userId: string): Json {
  const { classId } = state;
  const search = searchOf(state, userId);
  const told = {
    class_id: classId,
    seeking: openSearches(state).length,
    expires_at: null,
    room_id: null,
    members: [],
    reason: null,
  };
  if (search !== null) {
    const { sinceMs, expiresAtMs, wish } = search;
    const expires_at = new Date(expiresAtMs).toISOString();
    return { ...told, status: "waiting", course_id: wish.courseId, since: new Date(sinceMs).toISOString(), expires_at };
  }
  const outcome = outcomeOf(state, userId);
  if (outcome === null) return { ...told, status: "none", course_id: null, since: null };
  const { end, atMs } = outcome;
  const ended = { ...told, status: end.kind, course_id: null, since: new Date(atMs).toISOString() };
  if (end.kind !== "matched") return ended;
  return { ...ended, room_id: end.roomId, members: membersJson(end.members), reason: end.reason };
}

function matchedFor({ roomId, members, reasons }: MatchedGroup, userId: string): Projection | null {
  const reason = entryOf(reasons, userId);
  if (reason === null) return null;
  return { type: "matched", data: { room_id: roomId, members: membersJson(members), reason } };
}

export function project(event: MatchingEvent, userId: string): Projection | null {
  switch (event.type) {
    case "partners_sought": {
      const expires_at = new Date(event.expiresAtMs).toISOString();
      return event.person.userId === userId ? { type: "waiting", data: { expires_at } } : null;
    }
    case "search_withdrawn":
      return event.userId === userId ? { type: "withdrawn", data: {} } : null;
    case "search_timed_out":
      return event.userId === userId ? { type: "timed_out", data: {} } : null;
    case "group_matched":
      return matchedFor(event.group, userId);
    case "standing_read":
    case "group_formed":
    case "round_held":
      return null;
    default:
      return assertNever(event);
  }
}
