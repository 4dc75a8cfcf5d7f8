/** Who may see a room, and who may send it which command. */
import { keyOf, kindOf } from "../address.ts";
import { assertNever } from "../assert_never.ts";
import { type Origin, reject, type Rejection } from "../decision.ts";
import { isEngine } from "../engine.ts";
import type { Principal } from "../principal.ts";
import { senderOf } from "./command_rules.ts";
import type { RoomCommand } from "./messages.ts";
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
  const audience = person === null ? null : roomAudience(room, person);
  const sender = senderOf(command);
  switch (sender) {
    case "staff":
    case "member":
      return audience?.kind === sender;
    case "inside":
      return audience !== null;
    case "opener":
      return person !== null || isFromEngine(origin);
    case "engine":
      return isFromEngine(origin);
    case "lesson":
      return isFromLesson(room.plan.lessonId, origin);
    case "effect":
    case "timer":
      return origin.kind === sender;
    default:
      return assertNever(sender);
  }
}

/** The refusal when `origin` may not send this command; null when it may. */
export function refuseOrigin(room: OpenedRoom, command: RoomCommand, origin: Origin): Rejection | null {
  if (isPermitted(room, command, origin)) return null;
  return reject("forbidden", `${command.type} is not yours to send to this room.`);
}
