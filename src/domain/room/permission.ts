/** Who may see a room, and who may send it which command. */
import { keyOf, kindOf } from "../address.ts";
import { assertNever } from "../assert_never.ts";
import { type Origin, reject, type Rejection } from "../decision.ts";
import { isEngine } from "../engine.ts";
import type { Principal } from "../principal.ts";
import type { RoomCommand, StaffRoomCommand } from "./messages.ts";
import { memberOf, type OpenedRoom } from "./state.ts";

/** Of those who teach, the edge lets in those of the room's class alone. */
export type RoomAudience = { readonly kind: "staff" } | { readonly kind: "member"; readonly userId: string };

const MEMBER = "member:";

/** Whether they may read the room: they are in it or, once it is over, have been; not when they have left the class. */
function isReader(room: OpenedRoom, userId: string): boolean {
  const standing = memberOf(room, userId)?.standing;
  if (standing === undefined || standing === "removed") return false;
  return standing === "in" || room.phase.kind === "ended";
}

export function roomAudience(room: OpenedRoom, { userId, role }: Principal): RoomAudience | null {
  if (memberOf(room, userId) !== null) return isReader(room, userId) ? { kind: "member", userId } : null;
  return role === "student" ? null : { kind: "staff" };
}

export function audienceName(audience: RoomAudience): string {
  return audience.kind === "member" ? `${MEMBER}${audience.userId}` : audience.kind;
}

/** The audience that {@link audienceName} has named. */
export function audienceNamed(name: string): RoomAudience {
  return name.startsWith(MEMBER) ? { kind: "member", userId: name.slice(MEMBER.length) } : { kind: "staff" };
}

/** Named once for all: a command that is missing here does not compile. */
const STAFF_COMMANDS: { readonly [Type in StaffRoomCommand["type"]]: true } = {
  tell_room: true,
  hide_message: true,
  mute_member: true,
  settle_report: true,
  end_room: true,
};

export function isStaffCommand(command: RoomCommand): command is StaffRoomCommand {
  return Object.hasOwn(STAFF_COMMANDS, command.type);
}

/** The person who sent it; null for actors, timers, effects and the engine. */
export function personOf(origin: Origin): Principal | null {
  return origin.kind === "client" && !isEngine(origin.principal) ? origin.principal : null;
}

function isFromEngine(origin: Origin): boolean {
  return origin.kind === "client" && isEngine(origin.principal);
}

/** Whether the lesson that `lessonId` names sent it. */
export function isFromLesson(lessonId: string | null, origin: Origin): boolean {
  return origin.kind === "actor" && kindOf(origin.sender) === "classroom" && keyOf(origin.sender) === lessonId;
}

/** Whether the matching of the room's class sent it. */
export function isFromMatching(classId: string, origin: Origin): boolean {
  return origin.kind === "actor" && kindOf(origin.sender) === "matching" && keyOf(origin.sender) === classId;
}

function isPermitted(room: OpenedRoom, command: RoomCommand, origin: Origin): boolean {
  const person = personOf(origin);
  if (isStaffCommand(command)) return person !== null && roomAudience(room, person)?.kind === "staff";
  switch (command.type) {
    case "answer":
    case "propose":
    case "agree":
    case "pass":
    case "leave":
    case "say":
    case "explain":
    case "rate":
    case "report":
    case "ask_help":
    case "rotate_roles":
    case "document_update":
    case "cursor":
      return person !== null && roomAudience(room, person)?.kind === "member";
    // Those who teach may set the room a task.
    case "start_task":
    // Those who teach read what is written together.
    case "document_sync":
      return person !== null && roomAudience(room, person) !== null;
    case "open_room":
      return person !== null || isFromEngine(origin);
    case "admit_member":
    case "erase_words":
    case "remove_member":
    case "attendance":
      return isFromEngine(origin);
    case "form_room":
    case "recall_room":
    case "move_member":
    case "lesson_told":
      return isFromLesson(room.plan.lessonId, origin);
    case "task_rendered":
    case "task_failed":
    case "answers_sighted":
      return origin.kind === "effect";
    case "task_deadline":
    case "report_deadline":
    case "silence_deadline":
    case "end_deadline":
      return origin.kind === "timer";
    default:
      return assertNever(command);
  }
}

/** The refusal when `origin` may not send this command; null when it may. */
export function refuseOrigin(room: OpenedRoom, command: RoomCommand, origin: Origin): Rejection | null {
  if (isPermitted(room, command, origin)) return null;
  return reject("forbidden", `${command.type} is not yours to send to this room.`);
}
