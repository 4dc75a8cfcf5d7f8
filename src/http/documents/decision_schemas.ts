/** Choices of items as JSON. */
import { z } from "@hono/zod-openapi";
import { timeSchema } from "./json_content.ts";

const numbersSchema = z.record(z.string(), z.number());
const staffOnly = { description: "For staff" };

const consideredSchema = z.object({
  item_id: z.string(),
  probability: z.number().openapi({ description: "Predicted chance of a right answer" }),
  terms: numbersSchema.optional().openapi(staffOnly),
  score: z.number().optional().openapi({ description: "For staff: the sum of weight times term" }),
}).openapi("Considered");

export const decisionSchema = z.object({
  id: z.string().openapi({ description: "The receipt's id, as `lesson_update` names it" }),
  session_id: z.string(),
  item_ref: z.int(),
  item_id: z.string(),
  served_at: timeSchema,
  chosen_at: timeSchema.nullable(),
  policy: z.enum(["adaptive", "diagnostic", "review", "teacher"]),
  reason: z.string().openapi({ description: "As the learner was told" }),
  model: z.string(),
  prior: z.boolean().openapi({ description: "The model was missing or late, or nothing was known of the learner" }),
  statistics_version: z.int().nullable(),
  learner_seq: z.int().nullable(),
  course_version: z.int().nullable(),
  target_probability: z.number(),
  considered: z.array(consideredSchema).openapi({ description: "Best first; the item was drawn among these" }),
  propensity: z.number().openapi({ description: "Probability with which the item was drawn" }),
  override: z.object({ reason: z.string(), by: z.string().optional().openapi(staffOnly) }).nullable(),
  seed: z.int().nullable().openapi({
    description:
      "What the draw used: told to staff once the item is closed, to the learner once the session is complete",
  }),
  grounds: z.array(z.string()).optional().openapi(staffOnly),
  weights: numbersSchema.optional().openapi(staffOnly),
  temperature: z.number().optional().openapi({ description: "For staff: P(item) ∝ e^(score / temperature)" }),
  sighting: z.looseObject({}).nullish().openapi({ description: "For staff: what the network read of the item" }),
}).openapi("Decision");
