/** What people may send on a lesson's channel: its teachers, and its students. */
import { z } from "zod";
import {
  CLOSE_IN_MS_MAX,
  EXTEND_MS_MAX,
  LIMIT_MS_MAX,
  LIMIT_MS_MIN,
  MESSAGE_LENGTH_MAX,
  REASON_LENGTH_MAX,
} from "../../domain/classroom/limits.ts";
import type { StudentCommand, TeacherCommand } from "../../domain/classroom/messages.ts";
import { BREAKOUT_COMMANDS } from "./breakout_commands.ts";
import { responseSchema } from "./response_schema.ts";

const id = z.string().min(1).max(200);
const reason = z.string().min(1).max(REASON_LENGTH_MAX).nullable().default(null).describe("Why, in one line.");
const limitMs = z.int().min(LIMIT_MS_MIN).max(LIMIT_MS_MAX).nullable().default(null).describe(
  "Time to answer; null: the lesson's usual one.",
);
const everybody = id.nullable().default(null).describe("One student; null: all.");

/** A teacher's command without arguments of its own. */
function plain<Type extends string>(type: Type) {
  return z.strictObject({ type: z.literal(type), reason });
}

/** Every command a person may send to a lesson, by its name; on the wire all but `type` stands in `args`. */
export const CLASSROOM_COMMANDS = {
  start: plain("start"),
  next: z.strictObject({
    type: z.literal("next"),
    item_id: id.nullable().default(null).describe("An item of the lesson's course; null: one is drawn for the class."),
    purpose: z.enum(["question", "vote"]).default("question"),
    limit_ms: limitMs,
    reason,
  }).transform(({ type, item_id, purpose, limit_ms, reason }) => ({
    type,
    itemId: item_id,
    purpose,
    limitMs: limit_ms,
    reason,
  })),
  pause: plain("pause"),
  resume: plain("resume"),
  close_question: z.strictObject({
    type: z.literal("close_question"),
    in_ms: z.int().min(0).max(CLOSE_IN_MS_MAX).default(0),
    reason,
  }).transform(({ type, in_ms, reason }) => ({ type, inMs: in_ms, reason })),
  end_wait: plain("end_wait"),
  reopen_question: z.strictObject({ type: z.literal("reopen_question"), limit_ms: limitMs, reason })
    .transform(({ type, limit_ms, reason }) => ({ type, limitMs: limit_ms, reason })),
  reveal: plain("reveal"),
  extend_time: z.strictObject({
    type: z.literal("extend_time"),
    user_id: everybody,
    by_ms: z.int().min(1_000).max(EXTEND_MS_MAX),
    reason,
  }).transform(({ type, user_id, by_ms, reason }) => ({ type, userId: user_id, byMs: by_ms, reason })),
  ...BREAKOUT_COMMANDS,
  vote_again: z.strictObject({ type: z.literal("vote_again"), limit_ms: limitMs, reason })
    .transform(({ type, limit_ms, reason }) => ({ type, limitMs: limit_ms, reason })),
  override_item: z.strictObject({ type: z.literal("override_item"), user_id: id, item_id: id, reason })
    .transform(({ type, user_id, item_id, reason }) => ({ type, userId: user_id, itemId: item_id, reason })),
  send_message: z.strictObject({
    type: z.literal("send_message"),
    user_id: everybody,
    text: z.string().min(1).max(MESSAGE_LENGTH_MAX),
    reason,
  }).transform(({ type, user_id, text, reason }) => ({ type, userId: user_id, text, reason })),
  spotlight: z.strictObject({
    type: z.literal("spotlight"),
    user_id: id,
    named: z.boolean().optional().describe("Whether the class is told whose answer it is; else it is not."),
    reason,
  }).transform(({ type, user_id, named, reason }) => ({ type, userId: user_id, named: named ?? false, reason })),
  admit: z.strictObject({ type: z.literal("admit"), user_id: everybody, reason })
    .transform(({ type, user_id, reason }) => ({ type, userId: user_id, reason })),
  turn_away: z.strictObject({ type: z.literal("turn_away"), user_id: id, reason })
    .transform(({ type, user_id, reason }) => ({ type, userId: user_id, reason })),
  close_lesson: plain("close_lesson"),
  reopen_lesson: plain("reopen_lesson"),
  enter: z.strictObject({ type: z.literal("enter") }),
  answer: z.strictObject({
    type: z.literal("answer"),
    question: z.int().min(1).describe("Number of the event that opened the question."),
    round: z.int().min(1).nullable().default(null).describe(
      "That of `question` or `question_reopened`: for this vote it counts and for no other; null: for the first.",
    ),
    response: responseSchema,
    answered_at_ms: z.number().describe("When it was given, by the server's clock as this device knows it."),
  }).transform(({ type, question, round, response, answered_at_ms }) => ({
    type,
    question,
    round,
    response,
    answeredAtMs: answered_at_ms,
  })),
  raise_hand: z.strictObject({ type: z.literal("raise_hand"), raised: z.boolean() }),
  attention: z.strictObject({
    type: z.literal("attention"),
    hidden: z.boolean().describe("Whether the lesson's tab is hidden now."),
    at: z.number().describe("Since when: milliseconds since the Unix epoch, by the server's clock."),
  }),
} as const satisfies {
  readonly [Type in (TeacherCommand | StudentCommand)["type"]]: z.ZodType<{ type: Type }>;
};

export const classroomCommand = z.discriminatedUnion("type", [
  CLASSROOM_COMMANDS.start,
  CLASSROOM_COMMANDS.next,
  CLASSROOM_COMMANDS.pause,
  CLASSROOM_COMMANDS.resume,
  CLASSROOM_COMMANDS.close_question,
  CLASSROOM_COMMANDS.end_wait,
  CLASSROOM_COMMANDS.reopen_question,
  CLASSROOM_COMMANDS.reveal,
  CLASSROOM_COMMANDS.extend_time,
  CLASSROOM_COMMANDS.preview_breakouts,
  CLASSROOM_COMMANDS.form_breakouts,
  CLASSROOM_COMMANDS.move_student,
  CLASSROOM_COMMANDS.tell_rooms,
  CLASSROOM_COMMANDS.recall_rooms,
  CLASSROOM_COMMANDS.vote_again,
  CLASSROOM_COMMANDS.override_item,
  CLASSROOM_COMMANDS.send_message,
  CLASSROOM_COMMANDS.spotlight,
  CLASSROOM_COMMANDS.admit,
  CLASSROOM_COMMANDS.turn_away,
  CLASSROOM_COMMANDS.close_lesson,
  CLASSROOM_COMMANDS.reopen_lesson,
  CLASSROOM_COMMANDS.enter,
  CLASSROOM_COMMANDS.answer,
  CLASSROOM_COMMANDS.raise_hand,
  CLASSROOM_COMMANDS.attention,
]) satisfies z.ZodType<TeacherCommand | StudentCommand>;
