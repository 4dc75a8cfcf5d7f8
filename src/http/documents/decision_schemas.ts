/** Choices of items as JSON. */
import { z } from "@hono/zod-openapi";
import { timeSchema } from "./json_content.ts";

const numbersSchema = z.record(z.string(), z.number());
const staffOnly = { description: "For staff" };
const withSeed = { description: "For staff; for the learner with the seed" };

const consideredSchema = z.object({
  item_id: z.string(),
  probability: z.number().openapi({ description: "Predicted chance of a right answer" }),
  terms: numbersSchema.optional().openapi(withSeed),
  score: z.number().optional().openapi({ description: `The sum of weight times term. ${withSeed.description}` }),
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
  prior: z.boolean().openapi({ description: "The knowledge model was missing or late, and a stated prior stood in" }),
  statistics_version: z.int().nullable(),
  learner_seq: z.int().nullable(),
  course_version: z.int().nullable(),
  target_probability: z.number().nullable().openapi({ description: "What was aimed at; null where nothing was" }),
  considered: z.array(consideredSchema).openapi({ description: "Best first; the item was drawn among these" }),
  propensity: z.number().openapi({ description: "Probability with which the item was drawn" }),
  override: z.object({ reason: z.string(), by: z.string().optional().openapi(staffOnly) }).nullable(),
  seed: z.int().nullable().openapi({
    description:
      "What the draw used: told to staff once the item is closed, to the learner once the session is complete",
  }),
  grounds: z.array(z.string()).optional().openapi(staffOnly),
  weights: numbersSchema.optional().openapi(withSeed),
  temperature: z.number().optional().openapi({
    description: `P(item) ∝ e^(score / temperature). ${withSeed.description}`,
  }),
  sighting: z.looseObject({}).nullish().openapi({ description: "For staff: what the network read of the item" }),
}).openapi("Decision");
