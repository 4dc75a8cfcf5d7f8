/** What people may send on a room's channel: those who are in it, and those who teach its class. */
import { z } from "zod";
import {
  EXPLANATION_LENGTH_MAX,
  EXPLANATION_LENGTH_MIN,
  MESSAGE_LENGTH_MAX,
  REASON_LENGTH_MAX,
  STARS_MAX,
} from "../../domain/room/limits.ts";
import type { MemberRoomCommand, StaffRoomCommand } from "../../domain/room/messages.ts";
import { responseSchema } from "./response_schema.ts";

const id = z.string().min(1).max(200);
const number = z.int().min(1);
const message = number.describe("Number of the message.");
const task = number.describe("Number of the task.");
const text = z.string().min(1).max(MESSAGE_LENGTH_MAX);
const reason = z.string().min(1).max(REASON_LENGTH_MAX).describe("Why, in one line.");

/** Every command a person may send to a room, by its name; on the wire all but `type` stands in `args`. */
export const ROOM_COMMANDS = {
  start_task: z.strictObject({
    type: z.literal("start_task"),
    item_id: id.nullable().default(null).describe("This item of the course, or one drawn for the room."),
    mode: z.enum(["by_turn", "agreed"]).default("agreed"),
  }).transform(({ type, item_id, mode }) => ({ type, itemId: item_id, mode })),
  answer: z.strictObject({ type: z.literal("answer"), task, response: responseSchema }),
  propose: z.strictObject({ type: z.literal("propose"), task, response: responseSchema }),
  agree: z.strictObject({ type: z.literal("agree"), task, agrees: z.boolean() }),
  pass: z.strictObject({ type: z.literal("pass"), task }),
  leave: z.strictObject({ type: z.literal("leave") }),
  say: z.strictObject({ type: z.literal("say"), text }),
  explain: z.strictObject({
    type: z.literal("explain"),
    text: z.string().min(EXPLANATION_LENGTH_MIN).max(EXPLANATION_LENGTH_MAX),
    task: task.nullable().default(null),
  }),
  rate: z.strictObject({ type: z.literal("rate"), message, stars: z.int().min(1).max(STARS_MAX) }),
  report: z.strictObject({ type: z.literal("report"), message, reason }),
  ask_help: z.strictObject({ type: z.literal("ask_help"), asked: z.boolean() }),
  rotate_roles: z.strictObject({ type: z.literal("rotate_roles") }),
  tell_room: z.strictObject({ type: z.literal("tell_room"), text }),
  hide_message: z.strictObject({ type: z.literal("hide_message"), message, reason }),
  mute_member: z.strictObject({ type: z.literal("mute_member"), user_id: id, muted: z.boolean(), reason })
    .transform(({ type, user_id, muted, reason }) => ({ type, userId: user_id, muted, reason })),
  settle_report: z.strictObject({
    type: z.literal("settle_report"),
    report: number.describe("Number of the report."),
    note: z.string().min(1).max(REASON_LENGTH_MAX),
  }),
  end_room: z.strictObject({ type: z.literal("end_room"), reason }),
} as const satisfies {
  readonly [Type in (MemberRoomCommand | StaffRoomCommand)["type"]]: z.ZodType<{ type: Type }>;
};

export const roomCommand = z.discriminatedUnion("type", [
  ROOM_COMMANDS.start_task,
  ROOM_COMMANDS.answer,
  ROOM_COMMANDS.propose,
  ROOM_COMMANDS.agree,
  ROOM_COMMANDS.pass,
  ROOM_COMMANDS.leave,
  ROOM_COMMANDS.say,
  ROOM_COMMANDS.explain,
  ROOM_COMMANDS.rate,
  ROOM_COMMANDS.report,
  ROOM_COMMANDS.ask_help,
  ROOM_COMMANDS.rotate_roles,
  ROOM_COMMANDS.tell_room,
  ROOM_COMMANDS.hide_message,
  ROOM_COMMANDS.mute_member,
  ROOM_COMMANDS.settle_report,
  ROOM_COMMANDS.end_room,
]) satisfies z.ZodType<MemberRoomCommand | StaffRoomCommand>;
