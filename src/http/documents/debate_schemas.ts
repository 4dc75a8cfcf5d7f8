/** Debates and their motions as JSON. */
import { z } from "@hono/zod-openapi";
import { keyOf, parseActorId } from "../../domain/address.ts";
import {
  COMMENT_LENGTH_MAX,
  REBUTTAL_ROUNDS_DEFAULT,
  REBUTTAL_ROUNDS_MAX,
  REBUTTAL_ROUNDS_MIN,
  SPEAKERS_MAX,
  STATEMENTS_A_TURN_DEFAULT,
  STATEMENTS_A_TURN_MAX,
  TURN_MS_DEFAULT,
  TURN_MS_MAX,
  TURN_MS_MIN,
} from "../../domain/debate/limits.ts";
import { ARGUMENT_KINDS, type Motion, SIDES } from "../../domain/debate/motion.ts";
import type { ListedActor } from "../ports.ts";
import { rubricScoresSchema } from "../socket/debate_commands.ts";
import { idSchema, isoTime, pageQuerySchema, personIdSchema, timeSchema } from "./json_content.ts";

export const motionParam = z.object({ motion_id: idSchema });
export const debateParam = z.object({ debate_id: personIdSchema });

const sideSchema = z.enum(SIDES);
const speakersSchema = z.array(personIdSchema).max(SPEAKERS_MAX);
const secondsSchema = z.number().min(TURN_MS_MIN / 1000).max(TURN_MS_MAX / 1000).default(TURN_MS_DEFAULT / 1000);

export const motionSchema = z.object({
  motion_id: z.string(),
  title: z.string(),
  background: z.string(),
  age_min: z.int(),
}).openapi("DebateMotion");

export const motionMapSchema = motionSchema.extend({
  arguments: z.array(z.object({
    argument_id: z.string(),
    side: sideSchema,
    kind: z.enum(ARGUMENT_KINDS),
    target: z.string().nullable(),
    text: z.string(),
    source: z.string().nullable(),
  })),
}).openapi("DebateMotionMap");

export const newDebateSchema = z.strictObject({
  motion_id: idSchema,
  class_id: personIdSchema.nullable().default(null).openapi({
    description: "The class that watches, and whose teachers lead; null for practice of one's own with the AI",
  }),
  sides: z.strictObject({ for: speakersSchema.default([]), against: speakersSchema.default([]) })
    .default({ for: [], against: [] })
    .openapi({ description: "Who speaks, in their order: for those who teach the class. Others debate with the AI" }),
  ai_side: sideSchema.nullable().default(null).openapi({ description: "The side that the AI takes; null: none" }),
  rebuttal_rounds: z.int().min(REBUTTAL_ROUNDS_MIN).max(REBUTTAL_ROUNDS_MAX).default(REBUTTAL_ROUNDS_DEFAULT),
  opening_seconds: secondsSchema,
  rebuttal_seconds: secondsSchema,
  closing_seconds: secondsSchema,
  statements_a_turn: z.int().min(1).max(STATEMENTS_A_TURN_MAX).default(STATEMENTS_A_TURN_DEFAULT),
}).openapi("NewDebate");

const statusSchema = z.enum(["waiting", "running", "paused", "ended"]);
const speakerSchema = z.object({
  kind: z.enum(["learner", "ai"]),
  label: z.string().openapi({ description: "`AI` wherever it was no person" }),
  user_id: z.string().nullable(),
});
const saidKindSchema = z.enum([...ARGUMENT_KINDS, "concession"]);

const nodeSchema = z.object({
  statement: z.int(),
  side: sideSchema,
  kind: saidKindSchema,
  text: z.string(),
  source: z.string().nullable(),
  by: speakerSchema,
});

export const mapSchema = z.object({
  nodes: z.array(nodeSchema),
  edges: z.array(z.object({
    from: z.int(),
    to: z.int(),
    relation: z.enum(["supports", "gives_evidence", "rebuts", "concedes"]),
  })),
  unanswered: z.array(z.int()).openapi({ description: "Statements that were neither rebutted nor conceded" }),
}).openapi("ArgumentMap");

/** The debate's own view; members that a later view adds come through. */
export const debateSchema = z.looseObject({
  debate_id: z.string(),
  class_id: z.string().nullable(),
  status: statusSchema,
  motion: z.object({ motion_id: z.string(), title: z.string(), background: z.string() }),
  sides: z.object({ for: z.array(speakerSchema), against: z.array(speakerSchema) }),
  ai_side: sideSchema.nullable(),
  left: z.array(z.string()).openapi({ description: "Speakers who have left the class; their turns pass" }),
  now: z.looseObject({ turn: z.int(), remaining_ms: z.number() }).nullable(),
  statements: z.array(z.looseObject({ statement: z.int(), kind: saidKindSchema, by: speakerSchema, text: z.string() })),
  map: mapSchema,
  judgements: z.array(z.looseObject({ user_id: z.string() })),
}).openapi("Debate");

export const debatesQuerySchema = pageQuerySchema.extend({
  class_id: personIdSchema.optional().openapi({ description: "Debates of this class; else one's own practice" }),
  status: statusSchema.optional(),
});

const rowBodySchema = z.object({
  class_id: z.string().nullable(),
  motion_id: z.string(),
  title: z.string(),
  ai_side: sideSchema.nullable(),
  practice: z.boolean().openapi({ description: "Whoever opened it debates alone with the AI" }),
  opened_by: z.string(),
  opened_at: timeSchema,
});

/** An older program did not write which rows are practice: any against the AI may be, and is nobody's but theirs. */
const storedBodySchema = rowBodySchema.extend({ practice: z.boolean().optional() });

export const debateRowSchema = rowBodySchema.extend({
  debate_id: z.string(),
  status: statusSchema,
  updated_at: timeSchema,
}).openapi("DebateRow");

export const newJudgementSchema = z.strictObject({
  user_id: personIdSchema,
  scores: rubricScoresSchema,
  comment: z.string().max(COMMENT_LENGTH_MAX).default(""),
}).openapi("NewDebateJudgement");

export function motionJson({ id, title, background, ageMin }: Motion): z.infer<typeof motionSchema> {
  return { motion_id: id, title, background, age_min: ageMin };
}

export function motionMapJson(motion: Motion): z.infer<typeof motionMapSchema> {
  return {
    ...motionJson(motion),
    arguments: motion.arguments.map(({ id, ...rest }) => ({ argument_id: id, ...rest })),
  };
}

export function debateRowJson(row: ListedActor): z.infer<typeof debateRowSchema> {
  const address = parseActorId(row.actor);
  const body = storedBodySchema.parse(row.body);
  return {
    ...body,
    practice: body.practice ?? body.ai_side !== null,
    debate_id: address === null ? row.actor : keyOf(address),
    status: statusSchema.parse(row.status),
    updated_at: isoTime(row.updatedAtMs),
  };
}
