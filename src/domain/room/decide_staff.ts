/** Decides what those who teach the class do in its rooms: a word to all, hiding, muting, settling reports, the end. */
import { assertNever } from "../assert_never.ts";
import { reject, type TurnContext } from "../decision.ts";
import { isPlainText } from "../plain_line.ts";
import { isReason, messageAt } from "./chat.ts";
import type { RoomEvent } from "./events.ts";
import { MESSAGE_LENGTH_MAX, REASON_LENGTH_MAX } from "./limits.ts";
import type { StaffRoomCommand } from "./messages.ts";
import { type RoomDecision, settle } from "./settle.ts";
import { memberOf, type OpenedRoom } from "./state.ts";

/** A word of those who teach, in the room or from its lesson. */
export function decideWord(room: OpenedRoom, by: string, text: string, context: TurnContext): RoomDecision {
  if (room.phase.kind === "ended") return reject("room_ended", "This room is over.");
  if (!isPlainText(text, MESSAGE_LENGTH_MAX)) {
    return reject("malformed_message", `A message is plain text of at most ${MESSAGE_LENGTH_MAX} characters.`);
  }
  const number = context.seq + 1;
  const message = { number, userId: by, kind: "staff", text: text.trim(), task: null } as const;
  return settle(room, [{ type: "said", message }], context, { reply: { message: number } });
}

function settleReport(
  room: OpenedRoom,
  { report, note }: Extract<StaffRoomCommand, { type: "settle_report" }>,
  by: string,
  context: TurnContext,
): RoomDecision {
  const found = room.reports.find((one) => one.report === report);
  if (found === undefined) return reject("unknown_report", "There is no such report here.");
  const isOpen = found.settled === null;
  return settle(room, isOpen ? [{ type: "report_settled", report, by, note }] : [], context, { reply: { report } });
}

export function decideStaff(
  room: OpenedRoom,
  command: StaffRoomCommand,
  by: string,
  context: TurnContext,
): RoomDecision {
  if (command.type === "tell_room") return decideWord(room, by, command.text, context);
  if (!isReason(command.type === "settle_report" ? command.note : command.reason)) {
    return reject("malformed_reason", `A reason is one line of at most ${REASON_LENGTH_MAX} characters.`);
  }
  switch (command.type) {
    case "settle_report":
      return settleReport(room, command, by, context);
    case "hide_message": {
      const { message, reason } = command;
      const found = messageAt(room, message);
      if (found === null) return reject("unknown_message", "There is no such message at hand.");
      const hidden: readonly RoomEvent[] = [{ type: "message_hidden", message, by, reason }];
      return settle(room, found.hidden === null ? hidden : [], context, { reply: { message } });
    }
    case "mute_member": {
      const { userId, muted, reason } = command;
      const member = memberOf(room, userId);
      if (member === null) return reject("unknown_member", "Nobody of this room.");
      const event: RoomEvent = { type: "member_muted", userId, muted, by, reason };
      return settle(room, (member.muted !== null) === muted ? [] : [event], context, { reply: { muted } });
    }
    case "end_room": {
      if (room.phase.kind === "ended") return reject("room_ended", "This room is over.");
      const { reason } = command;
      return settle(room, [{ type: "room_ended", cause: "staff", by, reason }], context, { reply: { ended: true } });
    }
    default:
      return assertNever(command);
  }
}
