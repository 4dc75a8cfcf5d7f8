/** What teachers may send on a lesson's channel about its rooms. */
import { z } from "zod";
import {
  LIMIT_MS_MAX,
  LIMIT_MS_MIN,
  MESSAGE_LENGTH_MAX,
  REASON_LENGTH_MAX,
  RECALL_IN_MS_MAX,
  ROOM_SIZE_MAX,
  ROOM_SIZE_MIN,
} from "../../domain/classroom/limits.ts";
import { ROSTER_MAX } from "../../domain/classroom/roster.ts";
import { TITLE_LENGTH_MAX } from "../../domain/room/limits.ts";

const id = z.string().min(1).max(200);
const reason = z.string().min(1).max(REASON_LENGTH_MAX).nullable().default(null).describe("Why, in one line.");

const plan = {
  how: z.enum(["difference", "random", "given"]).default("difference").describe(
    "`difference`: those who answered the question before the class apart; `given`: as `groups` says.",
  ),
  size: z.int().min(ROOM_SIZE_MIN).max(ROOM_SIZE_MAX).default(ROOM_SIZE_MIN).describe(
    "Members of a room that is drawn.",
  ),
  groups: z.array(z.array(id).min(ROOM_SIZE_MIN).max(ROOM_SIZE_MAX)).max(ROSTER_MAX).default([])
    .describe("User ids, room by room; only where they are given."),
  seed: z.int().min(0).max(2 ** 32 - 1).nullable().default(null).describe("A preview's: draws the same rooms."),
};

/** By name; on the wire all but `type` stands in `args`. */
export const BREAKOUT_COMMANDS = {
  preview_breakouts: z.strictObject({ type: z.literal("preview_breakouts"), ...plan, reason }),
  form_breakouts: z.strictObject({
    type: z.literal("form_breakouts"),
    ...plan,
    task: z.string().min(1).max(TITLE_LENGTH_MAX).nullable().default(null).describe(
      "What to talk about, in one line; null: the question before the class, if there is one.",
    ),
    limit_ms: z.int().min(LIMIT_MS_MIN).max(LIMIT_MS_MAX).nullable().default(null).describe(
      "When all come back; null: once they are called.",
    ),
    reason,
  }).transform(({ limit_ms, ...rest }) => ({ ...rest, limitMs: limit_ms })),
  move_student: z.strictObject({ type: z.literal("move_student"), user_id: id, room_id: id, reason })
    .transform(({ type, user_id, room_id, reason }) => ({ type, userId: user_id, roomId: room_id, reason })),
  tell_rooms: z.strictObject({
    type: z.literal("tell_rooms"),
    room_id: id.nullable().default(null).describe("One room; null: all."),
    text: z.string().min(1).max(MESSAGE_LENGTH_MAX),
    reason,
  }).transform(({ type, room_id, text, reason }) => ({ type, roomId: room_id, text, reason })),
  recall_rooms: z.strictObject({
    type: z.literal("recall_rooms"),
    in_ms: z.int().min(0).max(RECALL_IN_MS_MAX).default(0).describe("A countdown that all see; sent again, it moves."),
    reason,
  }).transform(({ type, in_ms, reason }) => ({ type, inMs: in_ms, reason })),
} as const;
