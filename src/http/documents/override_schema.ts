/** A teacher's override as JSON. */
import { z } from "@hono/zod-openapi";
import { OVERRIDE_REASON_LENGTH_MAX } from "../../domain/session/limits.ts";
import { idSchema } from "./json_content.ts";

export const newOverrideSchema = z.strictObject({
  item_id: idSchema.openapi({ description: "An item of the session's course" }),
  reason: z.string().min(1).max(OVERRIDE_REASON_LENGTH_MAX).openapi({
    description: "Why, in plain text on one line, some of it visible; the learner reads it",
    example: "Your last answers show that you are ready for this one.",
  }),
}).openapi("NewOverride");

/** How a session answers an override, and its repeat. */
export const overrideReplySchema = z.looseObject({ item_id: z.string(), reason: z.string() });
