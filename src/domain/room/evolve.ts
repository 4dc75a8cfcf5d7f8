/** The state of a room after one more event. */
import type { EventPlace } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { ImpossibleEventError } from "../impossible_event.ts";
import { emptyDocument } from "../shared_document/document.ts";
import { withUpdate } from "../shared_document/evolve_document.ts";
import { isFirstGood, keptMessages, messageAt } from "./chat.ts";
import { isTaskEvent, type RoomEvent } from "./events.ts";
import { HELD_KEPT, REPORTS_SETTLED_KEPT } from "./limits.ts";
import type { RoomPerson } from "./plan.ts";
import { withoutWords } from "./erase_words.ts";
import { evolveTask } from "./evolve_task.ts";
import {
  type ChatMessage,
  heard,
  type Member,
  type OpenedRoom,
  type Report,
  type RoomState,
  withContribution,
  withMember,
} from "./state.ts";

type EventOf<Type extends RoomEvent["type"]> = Extract<RoomEvent, { type: Type }>;

function newMember({ userId, name }: RoomPerson, joinedAtMs: number): Member {
  const standing = "in";
  return {
    userId,
    name,
    standing,
    joinedAtMs,
    muted: null,
    helpSinceMs: null,
    written: 0,
    wroteAtMs: null,
    contributed: 0,
    explained: 0,
    heldInARow: 0,
  };
}

function opened(roomId: string, event: EventOf<"room_opened">, atMs: number): OpenedRoom {
  const { plan, by, members, discussed, endsAtMs, seed } = event;
  return {
    status: "opened",
    roomId,
    plan,
    openedBy: by,
    openedAtMs: atMs,
    seed,
    phase: { kind: "open" },
    members: members.map((person) => newMember(person, atMs)),
    messages: [],
    messageCount: 0,
    held: [],
    reports: [],
    rotation: 0,
    discussed,
    asked: null,
    task: null,
    taskCount: 0,
    pastTasks: [],
    askedItems: [],
    lastStarter: null,
    untold: [],
    documents: { notes: emptyDocument("notes"), board: emptyDocument("board") },
    recalled: false,
    endsAtMs,
    lessonKnows: { atMs, messages: 0 },
    heardAtMs: atMs,
    attendance: {},
  };
}

function withMessage(room: OpenedRoom, number: number, change: (message: ChatMessage) => ChatMessage): OpenedRoom {
  return { ...room, messages: room.messages.map((one) => one.number === number ? change(one) : one) };
}

function joined(room: OpenedRoom, { member }: EventOf<"member_joined">, atMs: number): OpenedRoom {
  const isKnown = room.members.some(({ userId }) => userId === member.userId);
  const here = isKnown
    ? withMember(room, member.userId, (known) => ({ ...known, name: member.name, standing: "in" }))
    : { ...room, members: [...room.members, newMember(member, atMs)] };
  return heard(here, atMs);
}

function said(room: OpenedRoom, { message }: EventOf<"said">, atMs: number): OpenedRoom {
  const messages = keptMessages([...room.messages, { ...message, atMs, hidden: null, ratings: [] }]);
  const spoken = { ...room, messages, messageCount: room.messageCount + 1 };
  if (message.kind === "staff") return spoken;
  const { userId } = message;
  const counted = withContribution(heard(spoken, atMs), userId);
  return withMember(
    counted,
    userId,
    (member) => ({ ...member, written: member.written + 1, wroteAtMs: atMs, heldInARow: 0 }),
  );
}

/** An explanation helps its writer's record by its first good rating. */
function rated(room: OpenedRoom, event: EventOf<"explanation_rated">, atMs: number): OpenedRoom {
  const { message, userId, by, stars } = event;
  const counts = isFirstGood(messageAt(room, message), stars);
  const kept = withMessage(heard(room, atMs), message, (one) => ({ ...one, ratings: [...one.ratings, { by, stars }] }));
  return counts ? withMember(kept, userId, (writer) => ({ ...writer, explained: writer.explained + 1 })) : kept;
}

/** Open reports stay; of settled ones the latest. */
function keptReports(reports: readonly Report[]): readonly Report[] {
  const settled = reports.filter((one) => one.settled !== null).slice(-REPORTS_SETTLED_KEPT);
  return reports.filter((one) => one.settled === null || settled.includes(one));
}

function evolveChat(
  room: OpenedRoom,
  event: EventOf<
    "said" | "text_held" | "explanation_rated" | "message_reported" | "report_settled" | "message_hidden"
  >,
  atMs: number,
): OpenedRoom {
  switch (event.type) {
    case "said":
      return said(room, event, atMs);
    case "text_held": {
      const { userId, text, document } = event;
      if (document !== undefined) {
        return { ...room, held: [...room.held, { userId, text, document, atMs }].slice(-HELD_KEPT) };
      }
      const held = [...room.held, { userId, text, atMs }].slice(-HELD_KEPT);
      return withMember({ ...room, held }, userId, (one) => ({ ...one, heldInARow: one.heldInARow + 1 }));
    }
    case "explanation_rated":
      return rated(room, event, atMs);
    case "message_reported": {
      const { report, message, by, reason, context } = event;
      return { ...room, reports: [...room.reports, { report, message, by, reason, context, atMs, settled: null }] };
    }
    case "report_settled": {
      const settled = { by: event.by, note: event.note };
      return {
        ...room,
        reports: keptReports(room.reports.map((one) => one.report === event.report ? { ...one, settled } : one)),
      };
    }
    case "message_hidden": {
      const { by, reason } = event;
      return withMessage(room, event.message, (one) => ({ ...one, hidden: { by, reason } }));
    }
    default:
      return assertNever(event);
  }
}

export function evolve(state: RoomState, event: RoomEvent, place: EventPlace): RoomState {
  const { atMs } = place;
  if (event.type === "room_opened") return opened(state.roomId, event, atMs);
  if (state.status === "not_opened") throw new ImpossibleEventError(`${event.type} before the room was opened`);
  if (isTaskEvent(event)) return evolveTask(state, event, place);
  switch (event.type) {
    case "member_joined":
      return joined(state, event, atMs);
    case "member_left":
      return withMember(state, event.userId, (member) => ({ ...member, standing: event.cause, helpSinceMs: null }));
    case "said":
    case "text_held":
    case "explanation_rated":
    case "message_reported":
    case "report_settled":
    case "message_hidden":
      return evolveChat(state, event, atMs);
    case "words_erased":
      return withoutWords(state, event.userId);
    case "member_muted": {
      const muted = event.muted ? { by: event.by, reason: event.reason } : null;
      return withMember(state, event.userId, (member) => ({ ...member, muted, heldInARow: 0 }));
    }
    case "help_asked":
      return heard(
        withMember(state, event.userId, (member) => ({ ...member, helpSinceMs: event.asked ? atMs : null })),
        atMs,
      );
    case "document_updated": {
      const document = withUpdate(state.documents[event.document], event, atMs);
      return heard({ ...state, documents: { ...state.documents, [event.document]: document } }, atMs);
    }
    case "roles_rotated":
      return heard({ ...state, rotation: state.rotation + 1 }, atMs);
    case "lesson_informed":
      return { ...state, lessonKnows: { atMs, messages: state.messageCount } };
    case "room_recalled":
      return { ...state, recalled: true, endsAtMs: event.endsAtMs };
    case "room_ended": {
      const { cause, by, reason } = event;
      return { ...state, asked: null, phase: { kind: "ended", atMs, cause, by, reason } };
    }
    default:
      return assertNever(event);
  }
}
