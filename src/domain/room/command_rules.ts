/** Every command of a room, listed once: who may send it, and how soon a full mailbox serves it. */
import type { Priority } from "../aggregate.ts";
import type { DocumentCommand, MemberRoomCommand, RoomCommand, StaffRoomCommand } from "./messages.ts";

/** `inside`: members and those who teach the class. */
export type Sender = "staff" | "member" | "inside" | "opener" | "engine" | "lesson" | "effect" | "timer";

/** What members alone send. */
export type InsiderCommand = Exclude<MemberRoomCommand | DocumentCommand, { type: "start_task" | "document_sync" }>;

type SenderOf<Type> = Type extends StaffRoomCommand["type"] ? "staff"
  : Type extends InsiderCommand["type"] ? "member"
  : Exclude<Sender, "staff" | "member">;

/** One that is missing, or has another kind of sender than its type says, does not compile. */
const COMMAND_RULES: { readonly [Type in RoomCommand["type"]]: readonly [SenderOf<Type>, Priority] } = {
  tell_room: ["staff", "control"],
  hide_message: ["staff", "control"],
  mute_member: ["staff", "control"],
  settle_report: ["staff", "control"],
  end_room: ["staff", "control"],
  answer: ["member", "graded"],
  propose: ["member", "graded"],
  agree: ["member", "graded"],
  pass: ["member", "graded"],
  leave: ["member", "event"],
  say: ["member", "event"],
  explain: ["member", "event"],
  rate: ["member", "event"],
  report: ["member", "event"],
  ask_help: ["member", "event"],
  rotate_roles: ["member", "event"],
  document_update: ["member", "event"],
  cursor: ["member", "ephemeral"],
  // Those who teach may set the room a task, and read what is written together.
  start_task: ["inside", "event"],
  document_sync: ["inside", "event"],
  open_room: ["opener", "control"],
  admit_member: ["engine", "control"],
  erase_words: ["engine", "control"],
  remove_member: ["engine", "control"],
  attendance: ["engine", "ephemeral"],
  form_room: ["lesson", "control"],
  recall_room: ["lesson", "control"],
  move_member: ["lesson", "control"],
  lesson_told: ["lesson", "control"],
  task_rendered: ["effect", "control"],
  task_failed: ["effect", "control"],
  task_looked: ["effect", "event"],
  answers_sighted: ["effect", "event"],
  task_deadline: ["timer", "event"],
  report_deadline: ["timer", "event"],
  silence_deadline: ["timer", "event"],
  end_deadline: ["timer", "event"],
};

export function senderOf({ type }: RoomCommand): Sender {
  return COMMAND_RULES[type][0];
}

export function priorityOf({ type }: RoomCommand): Priority {
  return COMMAND_RULES[type][1];
}

export function isStaffCommand(command: RoomCommand): command is StaffRoomCommand {
  return senderOf(command) === "staff";
}

export function isInsiderCommand(command: RoomCommand): command is InsiderCommand {
  return senderOf(command) === "member";
}
