/** Quests, teams and submissions as JSON. */
import { z } from "@hono/zod-openapi";
import { keyOf, parseActorId } from "../../domain/address.ts";
import { SUBMISSION_LENGTH_MAX } from "../../domain/quests/decide_submission.ts";
import { QUEST_KINDS } from "../../domain/quests/template.ts";
import type { ListedActor } from "../ports.ts";
import { responseSchema } from "../socket/response_schema.ts";
import { idSchema, isoTime, pageQuerySchema, timeSchema } from "./json_content.ts";
import { historyQuerySchema, learnerQuerySchema } from "./reward_schemas.ts";

const CRITERIA_MAX = 20;
const COMMENT_LENGTH_MAX = 2_000;

const kindSchema = z.enum(QUEST_KINDS);
export const questParam = z.object({ quest_id: idSchema });
export const teamParam = z.object({ team_id: idSchema });
export const submissionParam = z.object({ submission_id: idSchema });
export const keyHeader = z.object({ "idempotency-key": z.string().regex(/^[\x21-\x7e]{1,128}$/).optional() });

const criterionSchema = z.looseObject({
  criterion_id: z.string(),
  text: z.string(),
  weight: z.number(),
  evidence: z.enum(["automatic", "keyed", "rubric", "assisted"]),
});

const questSchema = z.looseObject({
  quest_id: z.string(),
  template_id: z.string(),
  kind: kindSchema,
  title: z.string(),
  story: z.string(),
  course_id: z.string().nullable(),
  skills: z.array(z.string()),
  threshold: z.number(),
  points: z.int(),
  badges: z.array(z.string()),
  retries: z.int(),
  criteria: z.array(criterionSchema),
});

const offerSchema = questSchema.extend({
  status: z.literal("offered"),
  lasts_hours: z.number(),
  offer_ends_at: timeSchema,
}).openapi("QuestOffer");

const activeSchema = questSchema.extend({
  status: z.enum(["active", "under_review"]),
  progress: z.number(),
  attempts: z.int(),
  team_id: z.string().nullable(),
  time_zone: z.string().nullable().openapi({ description: "Whose calendar its days are counted by" }),
  accepted_at: timeSchema,
  deadline: timeSchema,
}).openapi("ActiveQuest");

export const questsSchema = z.object({
  offers: z.array(offerSchema),
  active: z.array(activeSchema),
  completed: z.int(),
  proposing: z.boolean().openapi({ description: "Whether more are being looked for; `quests_offered` tells of them" }),
}).openapi("Quests");

export const questsQuerySchema = learnerQuerySchema.extend({
  kind: kindSchema.optional(),
  status: z.enum(["offered", "active", "under_review"]).optional(),
});

/** Those that the query asks for. */
export function questsJson(
  view: unknown,
  { kind, status }: Pick<z.infer<typeof questsQuerySchema>, "kind" | "status"> = {},
): z.infer<typeof questsSchema> {
  const quests = questsSchema.parse(view);
  const isWanted = (quest: { readonly kind: string; readonly status: string }) =>
    (kind === undefined || quest.kind === kind) && (status === undefined || quest.status === status);
  return { ...quests, offers: quests.offers.filter(isWanted), active: quests.active.filter(isWanted) };
}

export const endedQuerySchema = historyQuerySchema.extend({ outcome: z.enum(["completed", "closed"]).optional() });

export const questSubmissionSchema = z.strictObject({
  answers: z.record(idSchema, responseSchema).default({})
    .refine((answers) => Object.keys(answers).length <= CRITERIA_MAX, `at most ${CRITERIA_MAX}`)
    .openapi({ description: "To the keyed criteria, by their ids" }),
  text: z.string().max(SUBMISSION_LENGTH_MAX).default("").openapi({ description: "For what a teacher judges" }),
});

export const teamSchema = z.looseObject({
  team_id: z.string(),
  status: z.string(),
  title: z.string(),
  story: z.string(),
  deadline: timeSchema,
  members: z.array(z.looseObject({ learner_id: z.string(), has_left: z.boolean() })),
}).openapi("QuestTeam");

export const submissionsQuerySchema = pageQuerySchema.extend({
  status: z.enum(["waiting", "evaluated", "withdrawn"]).default("waiting"),
});

const submissionHead = z.object({
  learner_id: z.string(),
  quest_id: z.string(),
  kind: kindSchema,
  title: z.string(),
  attempt: z.int(),
});

export const submissionRowSchema = submissionHead.extend({
  submission_id: z.string(),
  status: z.string(),
  updated_at: timeSchema,
}).openapi("SubmissionRow");

export const submissionSchema = submissionHead.extend({
  status: z.enum(["waiting", "evaluated", "withdrawn"]),
  text: z.string(),
  criteria: z.array(z.looseObject({ criterion_id: z.string(), text: z.string(), evidence: z.string() })),
  draft: z.unknown().openapi({ description: "What a language model suggests, or `none`, `awaited`, `failed`" }),
  evaluation: z.unknown(),
}).openapi("Submission");

export const evaluationBodySchema = z.strictObject({
  points: z.record(idSchema, z.number()).openapi({ description: "By criterion, each one of its levels" }),
  comment: z.string().max(COMMENT_LENGTH_MAX).default(""),
});

export function submissionRowJson(row: ListedActor): z.infer<typeof submissionRowSchema> {
  const address = parseActorId(row.actor);
  return {
    ...submissionHead.parse(row.body),
    submission_id: address === null ? row.actor : keyOf(address),
    status: row.status,
    updated_at: isoTime(row.updatedAtMs),
  };
}
