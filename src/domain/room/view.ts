/** A room's present state as one who is in it, or those who teach the class, may see it. */
import type { Listing } from "../aggregate.ts";
import { entryOf } from "../entry_of.ts";
import type { Json } from "../json.ts";
import type { SharedDocument } from "../shared_document/document.ts";
import type { RoomAudience } from "./permission.ts";
import { rolesOf } from "./roles.ts";
import {
  type ChatMessage,
  type Member,
  memberOf,
  membersIn,
  type OpenedRoom,
  type Report,
  type RoomState,
} from "./state.ts";
import { taskJson } from "./task_view.ts";

type JsonObject = { readonly [key: string]: Json };

function iso(ms: number | null): Json {
  return ms === null ? null : new Date(ms).toISOString();
}

function planJson({ plan, roomId, openedBy, openedAtMs, recalled, endsAtMs, phase }: OpenedRoom): JsonObject {
  const ended = phase.kind === "ended"
    ? { ended_at: iso(phase.atMs), ended_by: phase.cause, end_reason: phase.reason }
    : { ended_at: null, ended_by: null, end_reason: null };
  return {
    room_id: roomId,
    class_id: plan.classId,
    lesson_id: plan.lessonId,
    course_id: plan.courseId,
    skills: plan.skills,
    title: plan.title,
    purpose: plan.purpose,
    size_max: plan.sizeMax,
    admission: plan.admission,
    roles_by: plan.roles,
    turn_ms: plan.turnMs,
    opened_by: openedBy,
    opened_at: iso(openedAtMs),
    status: phase.kind,
    recalled,
    ends_at_ms: endsAtMs,
    ...ended,
  };
}

function memberJson(room: OpenedRoom, member: Member, audience: RoomAudience): JsonObject {
  const { userId, name, standing, helpSinceMs, muted, written } = member;
  const isOwn = audience.kind === "member" && audience.userId === userId;
  return {
    user_id: userId,
    name,
    standing,
    here: (entryOf(room.attendance, userId) ?? 0) > 0,
    asks_help: helpSinceMs !== null,
    written,
    // That somebody may not write is their own and the staff's to know.
    muted: isOwn || audience.kind === "staff" ? muted !== null : null,
  };
}

function messageJson(message: ChatMessage, audience: RoomAudience): JsonObject {
  const { number, userId, kind, text, task, atMs, hidden, ratings } = message;
  const isErased = text === "";
  const isShown = hidden === null || (audience.kind === "staff" && !isErased);
  return {
    message: number,
    user_id: userId,
    kind,
    text: isShown ? text : null,
    task,
    at: iso(atMs),
    hidden: hidden === null ? null : hidden.reason,
    ratings: ratings.map(({ by, stars }) => ({ by, stars })),
  };
}

export function reportJson({ report, message, by, reason, context, atMs, settled }: Report): JsonObject {
  return {
    report,
    message,
    by,
    reason,
    context: context.map((one) => ({
      message: one.number,
      user_id: one.userId,
      kind: one.kind,
      text: one.text,
      task: one.task,
      at: iso(one.atMs),
    })),
    at: iso(atMs),
    settled: settled === null ? null : { ...settled },
  };
}

function moderationJson({ held, reports }: OpenedRoom, audience: RoomAudience): JsonObject {
  if (audience.kind === "member") {
    const theirs = held.filter(({ userId, document }) => userId === audience.userId && document === undefined);
    return { held: theirs.map(({ text }) => ({ text })), reports: [] };
  }
  return {
    held: held.map(({ userId, text, document, atMs }) => ({
      user_id: userId,
      text,
      ...document === undefined ? {} : { document },
      at: iso(atMs),
    })),
    reports: reports.map(reportJson),
  };
}

/** Its content is asked for by `document_sync`: only who shows it needs it. */
function documentJson({ updates, lastBy, lastAtMs }: SharedDocument): JsonObject {
  return { updates, last_by: lastBy, last_at: iso(lastAtMs) };
}

/** The whole present state for one audience. */
export function view(state: RoomState, audience: RoomAudience): Json {
  if (state.status === "not_opened") return { status: "not_opened" };
  const { members, messages, messageCount, task, pastTasks, asked, documents } = state;
  return {
    ...planJson(state),
    members: members.map((member) => memberJson(state, member, audience)),
    // Nobody is watched without knowing it.
    staff_here: Object.keys(state.attendance).some((userId) => memberOf(state, userId) === null),
    roles: rolesOf(state).map(({ userId, role }) => ({ user_id: userId, role })),
    // With the members, all that the next roles follow from.
    rotation: state.rotation,
    messages: messages.map((message) => messageJson(message, audience)),
    earlier_messages: messageCount - messages.length,
    task: task === null ? null : taskJson(task, audience),
    past_tasks: pastTasks.map((one) => taskJson(one, audience)),
    task_asked: asked !== null,
    documents: { notes: documentJson(documents.notes), board: documentJson(documents.board) },
    ...moderationJson(state, audience),
  };
}

/** A row of the class. */
export function listing(state: RoomState): Listing | null {
  if (state.status === "not_opened") return null;
  const { plan, phase, openedBy, openedAtMs, members, reports } = state;
  return {
    ownerId: plan.classId,
    status: phase.kind,
    body: {
      lesson_id: plan.lessonId,
      course_id: plan.courseId,
      title: plan.title,
      purpose: plan.purpose,
      admission: plan.admission,
      size_max: plan.sizeMax,
      opened_by: openedBy,
      opened_at: iso(openedAtMs),
      members: membersIn(state).map(({ userId }) => userId),
      readers: members.filter(({ standing }) => standing !== "removed").map(({ userId }) => userId),
      writers: members.map(({ userId }) => userId),
      asks_help: members.some(({ helpSinceMs }) => helpSinceMs !== null),
      open_reports: reports.filter(({ settled }) => settled === null).length,
    },
  };
}
