/** Decides how a room begins, who is in it, and how it ends by itself. */
import { isCivil } from "../civility/civility.ts";
import { type Message, note, reject, type Rejection, tell, type TurnContext } from "../decision.ts";
import { ENGINE } from "../engine.ts";
import { matchingAddress } from "../matching/messages.ts";
import { isPlainLine } from "../plain_line.ts";
import type { RoomEvent } from "./events.ts";
import {
  MEMBERS_EVER_MAX,
  SILENCE_MS_MAX,
  SIZE_MAX,
  SIZE_MIN,
  SKILLS_MAX,
  TITLE_LENGTH_MAX,
  TURN_MS_MAX,
  TURN_MS_MIN,
} from "./limits.ts";
import type { EngineRoomCommand, LessonRoomCommand } from "./messages.ts";
import { isFromLesson, isFromMatching } from "./permission.ts";
import type { RoomPerson, RoomPlan } from "./plan.ts";
import { endDueMs, type RoomDecision, settle } from "./settle.ts";
import { memberOf, membersIn, type OpenedRoom, type RoomState } from "./state.ts";

type Opening = Extract<EngineRoomCommand, { type: "open_room" }> | Extract<LessonRoomCommand, { type: "form_room" }>;

/** The first thing that is wrong with a room that is to be opened; null when it can be. */
function planFault({ title, sizeMax, skills, turnMs }: RoomPlan, members: readonly RoomPerson[]): string | null {
  if (title.length > TITLE_LENGTH_MAX || !isPlainLine(title)) {
    return `A title is one line of at most ${TITLE_LENGTH_MAX} characters.`;
  }
  if (!Number.isInteger(sizeMax) || sizeMax < SIZE_MIN || sizeMax > SIZE_MAX) {
    return `A room is for ${SIZE_MIN} to ${SIZE_MAX} learners.`;
  }
  if (members.length > sizeMax) return "More are to be in it than it is for.";
  if (new Set(members.map(({ userId }) => userId)).size < members.length) return "Everybody is in it once.";
  if (skills.length > SKILLS_MAX) return `A room is about at most ${SKILLS_MAX} skills.`;
  return Number.isInteger(turnMs) && turnMs >= TURN_MS_MIN && turnMs <= TURN_MS_MAX
    ? null
    : `A turn lasts ${TURN_MS_MIN} to ${TURN_MS_MAX} ms.`;
}

function openerOf({ plan }: Opening, { origin }: TurnContext): string | null {
  if (origin.kind === "client") return plan.lessonId === null ? origin.principal.userId : null;
  if (plan.lessonId === null) return isFromMatching(plan.classId, origin) ? ENGINE.userId : null;
  return isFromLesson(plan.lessonId, origin) ? plan.lessonId : null;
}

/** As a lesson hears of its breakout by a report: people are told of a room once it stands. */
function matchingTold({ classId }: RoomPlan, { origin }: TurnContext): readonly Message[] {
  return isFromMatching(classId, origin) ? [tell(matchingAddress(classId), { type: "room_opened" })] : [];
}

export function decideOpening(state: RoomState, command: Opening, context: TurnContext): RoomDecision {
  const by = openerOf(command, context);
  if (by === null) {
    return reject(
      "forbidden",
      "A room is opened by a person, by the lesson whose breakout it is, or by the matching of its class.",
    );
  }
  if (state.status !== "not_opened") return reject("already_opened", "This room has been opened.");
  const { plan, members } = command;
  const fault = planFault(plan, members);
  if (fault !== null) return reject("bad_plan", fault);
  // Of a breakout it is the lesson's own.
  if (command.type === "open_room" && !isCivil(plan.title)) return reject("bad_plan", "A title insults nobody.");
  const { discussed, endsAtMs } = command.type === "form_room" ? command : { discussed: null, endsAtMs: null };
  const opened: RoomEvent = { type: "room_opened", plan, by, members, discussed, endsAtMs, seed: context.seed };
  return settle(state, [opened], context, { reply: { opened: true }, messages: matchingTold(plan, context) });
}

/** Why nobody else can come in; null when there is a place. */
function refusedPlace(room: OpenedRoom, { userId }: RoomPerson): Rejection | null {
  if (room.phase.kind === "ended") return reject("room_ended", "This room is over.");
  if (membersIn(room).length >= room.plan.sizeMax) return reject("room_full", "There is no place left in this room.");
  const isNew = memberOf(room, userId) === null;
  return isNew && room.members.length >= MEMBERS_EVER_MAX
    ? reject("room_full", "Too many have been in this room.")
    : null;
}

/** Comes in, or comes back to everything that was said meanwhile. */
export function decideAdmission(
  room: OpenedRoom,
  { member, by }: Extract<EngineRoomCommand, { type: "admit_member" }>,
  context: TurnContext,
): RoomDecision {
  const before = memberOf(room, member.userId);
  if (before?.standing === "in") return settle(room, [], context, { reply: { member: true } });
  const isInvited = by === "staff" || before?.standing === "left";
  if (room.plan.admission === "invited" && !isInvited) {
    return reject("not_invited", "Only who was put into this room comes in.");
  }
  const refused = refusedPlace(room, member);
  if (refused !== null) return refused;
  const cause = before === null ? "came" : "came_back";
  return settle(room, [{ type: "member_joined", member, cause }], context, { reply: { member: true } });
}

export function decideLeaving(room: OpenedRoom, userId: string, context: TurnContext): RoomDecision {
  if (room.plan.lessonId !== null) return reject("not_yours", "Your teacher says who is in this room.");
  return settle(room, [{ type: "member_left", userId, cause: "left" }], context, { reply: { member: false } });
}

/** Who has left the class reads no more, also where the room is over. */
export function decideRemoval(room: OpenedRoom, userId: string, context: TurnContext): RoomDecision {
  const standing = memberOf(room, userId)?.standing ?? "removed";
  return settle(room, standing === "removed" ? [] : [{ type: "member_left", userId, cause: "removed" }], context);
}

/** The lesson puts somebody into this room, or into another one. */
export function decideMove(
  room: OpenedRoom,
  { member, into }: Extract<LessonRoomCommand, { type: "move_member" }>,
  context: TurnContext,
): RoomDecision {
  const isIn = memberOf(room, member.userId)?.standing === "in";
  if (into === "another_room") {
    const left: readonly RoomEvent[] = [{ type: "member_left", userId: member.userId, cause: "moved" }];
    return settle(room, isIn ? left : [], context);
  }
  if (isIn) return settle(room, [], context);
  return refusedPlace(room, member) ?? settle(room, [{ type: "member_joined", member, cause: "moved" }], context);
}

export function decideAttendance(
  room: OpenedRoom,
  { userId, devices }: Extract<EngineRoomCommand, { type: "attendance" }>,
): RoomDecision {
  const { [userId]: known = 0, ...others } = room.attendance;
  const count = devices.length;
  if (known === count) return note(room);
  return note({ ...room, attendance: count === 0 ? others : { ...others, [userId]: count } });
}

export function decideRecall(room: OpenedRoom, endsAtMs: number, context: TurnContext): RoomDecision {
  const isOver = room.phase.kind === "ended" || (room.recalled && room.endsAtMs === endsAtMs);
  return settle(room, isOver ? [] : [{ type: "room_recalled", endsAtMs }], context);
}

/** A room ends when its time is up, or when nobody in it has done anything for long. */
export function decideDeadline(
  room: OpenedRoom,
  type: "silence_deadline" | "end_deadline",
  context: TurnContext,
): RoomDecision {
  const { nowMs } = context;
  if (room.phase.kind === "ended") return reject("late_result", "This room is over.");
  if (type === "silence_deadline") {
    const isSilent = nowMs >= room.heardAtMs + SILENCE_MS_MAX;
    const ended: readonly RoomEvent[] = [{ type: "room_ended", cause: "silence", by: null, reason: null }];
    return settle(room, isSilent ? ended : [], context);
  }
  // Moved since it was set: it is set again where it now is.
  if (nowMs < endDueMs(room)) return settle(room, [], context);
  const cause = room.recalled ? "recalled" : "time";
  return settle(room, [{ type: "room_ended", cause, by: null, reason: null }], context);
}
