/** Every command to a room, sent to the rules that decide it. */
import { assertNever } from "../assert_never.ts";
import { reject, type TurnContext } from "../decision.ts";
import { type InsiderCommand, isInsiderCommand, isStaffCommand } from "./command_rules.ts";
import { decideChat } from "./decide_chat.ts";
import { decideCursor, decideSync, decideUpdate } from "./decide_document.ts";
import {
  decideAdmission,
  decideAttendance,
  decideDeadline,
  decideLeaving,
  decideMove,
  decideOpening,
  decideRecall,
  decideRemoval,
} from "./decide_membership.ts";
import { decideStaff, decideWord } from "./decide_staff.ts";
import {
  decideLooked,
  decideRendered,
  decideSighted,
  decideStart,
  decideTask,
  decideTaskDeadline,
} from "./decide_task.ts";
import type { RoomCommand } from "./messages.ts";
import { personOf, refuseOrigin } from "./permission.ts";
import { type RoomDecision, settle } from "./settle.ts";
import { memberOf, type OpenedRoom, type RoomState } from "./state.ts";

function decideByMember(
  room: OpenedRoom,
  command: InsiderCommand,
  userId: string,
  context: TurnContext,
): RoomDecision {
  const member = memberOf(room, userId);
  // What somebody wrote may be reported for as long as it can be read.
  if (room.phase.kind === "ended" && command.type !== "report") return reject("room_ended", "This room is over.");
  if (member === null) return reject("forbidden", "You are not in this room.");
  switch (command.type) {
    case "leave":
      return decideLeaving(room, userId, context);
    case "answer":
    case "propose":
    case "agree":
    case "pass":
      return decideTask(room, command, userId, context);
    case "say":
    case "explain":
    case "rate":
    case "report":
    case "ask_help":
      return decideChat(room, member, command, context);
    case "document_update":
      return decideUpdate(room, member, command, context);
    case "cursor":
      return decideCursor(room, member, command);
    case "rotate_roles":
      if (room.plan.roles === "none") return reject("no_roles", "There are no roles in this room.");
      return settle(room, [{ type: "roles_rotated", by: userId }], context);
    default:
      return assertNever(command);
  }
}

/** Decides one command; an expected refusal is an answer, never an exception. */
export function decide(state: RoomState, command: RoomCommand, context: TurnContext): RoomDecision {
  if (command.type === "open_room" || command.type === "form_room") return decideOpening(state, command, context);
  if (state.status === "not_opened") return reject("not_created", "There is no such room.");
  const refused = refuseOrigin(state, command, context.origin);
  if (refused !== null) return refused;
  const userId = personOf(context.origin)?.userId ?? "";
  if (isStaffCommand(command)) return decideStaff(state, command, userId, context);
  if (isInsiderCommand(command)) return decideByMember(state, command, userId, context);
  switch (command.type) {
    case "start_task":
      if (state.phase.kind === "ended") return reject("room_ended", "This room is over.");
      return decideStart(state, command, userId, context);
    case "document_sync":
      return decideSync(state, command);
    case "admit_member":
      return decideAdmission(state, command, context);
    case "remove_member":
      return decideRemoval(state, command.userId, context);
    case "erase_words":
      return settle(state, [{ type: "words_erased", userId: command.userId }], context);
    case "attendance":
      return decideAttendance(state, command);
    case "recall_room":
      return decideRecall(state, command.endsAtMs, context);
    case "move_member":
      return decideMove(state, command, context);
    case "lesson_told":
      return decideWord(state, command.by, command.text, context);
    case "task_rendered":
    case "task_failed":
      return decideRendered(state, command, context);
    case "task_looked":
      return decideLooked(state, command, context);
    case "answers_sighted":
      return decideSighted(state, command, context);
    case "task_deadline":
      return decideTaskDeadline(state, context);
    case "report_deadline":
      return settle(state, [], context);
    case "silence_deadline":
    case "end_deadline":
      return decideDeadline(state, command.type, context);
    default:
      return assertNever(command);
  }
}
