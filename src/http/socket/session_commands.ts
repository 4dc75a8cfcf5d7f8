/** What people may send on a session's channel. */
import { z } from "zod";
import type { LearnerSessionCommand, StaffSessionCommand } from "../../domain/session/messages.ts";
import type { TutorLearnerCommand, TutorStaffCommand } from "../../domain/session/tutor_messages.ts";
import { TUTOR_WORDS_LENGTH_MAX } from "../../domain/tutor/ladder.ts";
import { newOverrideSchema } from "../documents/override_schema.ts";
import { responseSchema } from "./response_schema.ts";

const item = z.int().min(1).describe("Number of the event that served the item.");

type PersonCommand = LearnerSessionCommand | StaffSessionCommand | TutorLearnerCommand | TutorStaffCommand;

/** Every session command a person may send, by its name; on the wire all but `type` stands in `args`. */
export const SESSION_COMMANDS = {
  answer: z.strictObject({ type: z.literal("answer"), item, response: responseSchema }),
  hint: z.strictObject({ type: z.literal("hint"), item }),
  skip: z.strictObject({ type: z.literal("skip"), item }),
  pause: z.strictObject({ type: z.literal("pause") }),
  resume: z.strictObject({ type: z.literal("resume") }),
  complete: z.strictObject({ type: z.literal("complete") }),
  attention: z.strictObject({
    type: z.literal("attention"),
    hidden: z.boolean().describe("Whether the lesson's tab is hidden now."),
    at: z.number().describe("Since when: milliseconds since the Unix epoch, by the server's clock."),
  }),
  intervention_reply: z.strictObject({
    type: z.literal("intervention_reply"),
    id: z.int().min(1).describe("Of the `intervention` that is answered."),
    reply: z.enum(["helped", "not_now", "stop"]),
  }),
  easier_items: z.strictObject({ type: z.literal("easier_items") }),
  override_item: newOverrideSchema.extend({ type: z.literal("override_item") }).transform((
    { type, item_id, reason },
  ) => ({ type, itemId: item_id, reason })),
  tutor_ask: z.strictObject({
    type: z.literal("tutor_ask"),
    item,
    words: z.string().min(1).max(TUTOR_WORDS_LENGTH_MAX),
    help: z.enum(["same", "more"]).default("same").describe("More than so far comes at the cost of a hint."),
  }),
  tutor_pause: z.strictObject({ type: z.literal("tutor_pause") }),
  tutor_resume: z.strictObject({ type: z.literal("tutor_resume") }),
} as const satisfies { readonly [Type in PersonCommand["type"]]: z.ZodType<{ type: Type }> };

export const sessionCommand = z.discriminatedUnion("type", [
  SESSION_COMMANDS.answer,
  SESSION_COMMANDS.hint,
  SESSION_COMMANDS.skip,
  SESSION_COMMANDS.pause,
  SESSION_COMMANDS.resume,
  SESSION_COMMANDS.complete,
  SESSION_COMMANDS.attention,
  SESSION_COMMANDS.intervention_reply,
  SESSION_COMMANDS.easier_items,
  SESSION_COMMANDS.override_item,
  SESSION_COMMANDS.tutor_ask,
  SESSION_COMMANDS.tutor_pause,
  SESSION_COMMANDS.tutor_resume,
]) satisfies z.ZodType<PersonCommand>;
