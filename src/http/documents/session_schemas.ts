/** Learning sessions as JSON. */
import { z } from "@hono/zod-openapi";
import { TARGET_ITEMS_MAX } from "../../domain/session/limits.ts";
import { idSchema, orNull, personIdSchema, timeSchema } from "./json_content.ts";

const OBJECTIVES_MAX = 20;
const OBJECTIVE_LENGTH_MAX = 300;
const TARGET_ITEMS_DEFAULT = 10;

export const sessionStatusSchema = z.enum(["active", "paused", "completed"]);
export const difficultySchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)])
  .openapi({ description: "1 (easiest) to 5" });

export const newSessionSchema = z.object({
  course_id: idSchema,
  class_id: personIdSchema.nullable().default(null).openapi({
    description: "The class it is part of, whose policies then hold; null outside any class",
  }),
  lesson_id: personIdSchema.nullable().default(null).openapi({
    description: "The live lesson it is part of, of the same class and course; null outside one",
  }),
  topic: idSchema.nullable().default(null).openapi({
    description: "A skill to stay within, with its prerequisites; null for the whole course",
  }),
  learning_objectives: z.array(z.string().min(1).max(OBJECTIVE_LENGTH_MAX)).max(OBJECTIVES_MAX).default([]).openapi({
    description:
      "In own words. One that is the id or the title of a skill of the course is a goal that choices aim at; " +
      "others are kept and shown, and move no choice",
  }),
  difficulty: difficultySchema.nullable().default(null).openapi({ description: "null lets ability decide" }),
  target_items: z.int().min(1).max(TARGET_ITEMS_MAX).default(TARGET_ITEMS_DEFAULT),
}).openapi("NewSession");

const metricsSchema = z.looseObject({
  answered: z.int(),
  correct: z.int(),
  accuracy: z.number().nullable(),
  score_mean: z.number().nullable(),
  hints_used: z.int(),
  skipped: z.int(),
  mean_response_ms: z.number().nullable(),
  time_on_task_ms: z.number(),
}).openapi("PerformanceMetrics");

const planShape = {
  course_id: z.string(),
  // Rows listed before there were classes have none.
  class_id: z.string().nullable().default(null),
  lesson_id: z.string().nullable().default(null),
  topic: z.string().nullable(),
  learning_objectives: z.array(z.string()),
  target_items: z.int(),
};

/** The session's present state, as its own view tells it; members that a later view adds come through. */
export const sessionViewSchema = z.looseObject({
  session_id: z.string(),
  learner_id: z.string(),
  ...planShape,
  status: sessionStatusSchema,
  started_at: timeSchema,
  completed_at: timeSchema.nullable(),
  progress: z.number().min(0).max(1),
  difficulty: z.looseObject({ wish: difficultySchema.nullable(), current: difficultySchema.nullable() }),
  current_item: z.looseObject({ item_ref: z.int(), item: z.looseObject({}) }).nullable(),
  performance_metrics: metricsSchema,
});

export const sessionSchema = sessionViewSchema.extend({ id: z.string() }).openapi("Session");

/** What a session's list row holds: progress and metrics only once it is complete. */
export const listingBodySchema = z.object({
  ...planShape,
  difficulty: difficultySchema.nullable(),
  started_at: timeSchema,
  completed_at: timeSchema.nullable(),
  progress: z.number().optional(),
  performance_metrics: metricsSchema.optional(),
});

export const sessionRowSchema = listingBodySchema.extend({
  id: z.string(),
  status: sessionStatusSchema,
  progress: z.number().min(0).max(1),
  performance_metrics: orNull(metricsSchema),
  updated_at: timeSchema,
}).openapi("SessionRow");

export const interactionSchema = z.object({
  seq: z.int().openapi({ description: "Number of the event in the session's journal" }),
  at: timeSchema,
  type: z.string().openapi({ example: "answered" }),
  data: z.unknown(),
}).openapi("Interaction");

/** What a client may send along with a request that it may have to repeat. */
export const idempotencyHeaders = z.object({
  "idempotency-key": z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "is 1 to 64 letters, digits, - or _").optional().openapi(
    {
      description: "Chosen by the client for this one request: the same key again, here, changes nothing",
    },
  ),
});
