/** Recommendations as JSON. */
import { z } from "@hono/zod-openapi";
import type { Recommendation } from "../../domain/adaptive/recommend.ts";
import type { CourseOfRecommendations } from "../../domain/adaptive/recommendation_question.ts";
import { idSchema, personIdSchema } from "./json_content.ts";
import { difficultySchema } from "./session_schemas.ts";

const ROWS_MAX = 50;
const ROWS_DEFAULT = 10;

const kindSchema = z.enum(["new", "practice", "review", "challenge"]);
const modalitySchema = z.enum(["text", "visual", "auditory", "kinesthetic"]);

export const recommendationQuerySchema = z.object({
  course_id: idSchema.optional().openapi({ description: "Without it: the courses worked on last, or else the newest" }),
  topic: idSchema.optional().openapi({ description: "A skill to stay within, with its prerequisites" }),
  kind: kindSchema.optional(),
  presentation: modalitySchema.optional().openapi({ description: "Items that are shown this way, among others" }),
  difficulty: z.coerce.number().pipe(difficultySchema).optional(),
  limit: z.coerce.number().int().min(1).max(ROWS_MAX).default(ROWS_DEFAULT),
  learner_id: personIdSchema.optional().openapi({ description: "For staff; otherwise one's own" }),
});

const recommendationSchema = z.object({
  course_id: z.string(),
  item_id: z.string(),
  kind: kindSchema,
  skills: z.array(z.object({ id: z.string(), title: z.string() })),
  difficulty: difficultySchema,
  presentations: z.array(modalitySchema),
  probability: z.number().openapi({ description: "Predicted chance of a right answer" }),
  score: z.number(),
  reasons: z.array(z.string()).openapi({ description: "Plain words for the learner, the main reason first" }),
}).openapi("Recommendation");

export const recommendationsSchema = z.object({
  learner_id: z.string(),
  recommendations: z.array(recommendationSchema).openapi({ description: "Best first, no skill more than a few times" }),
  courses: z.array(z.object({
    course_id: z.string(),
    title: z.string(),
    model: z.string(),
    prior: z.boolean().openapi({ description: "The knowledge model was missing or late, and a stated prior stood in" }),
    course_version: z.int().nullable(),
    statistics_version: z.int().nullable(),
    learner_seq: z.int().nullable(),
  })).openapi({ description: "What was looked through, and what the predictions rest on" }),
}).openapi("Recommendations");

export function recommendationJson(one: Recommendation): z.infer<typeof recommendationSchema> {
  const { courseId, item, titles, kind, probability, score, reasons } = one;
  return {
    course_id: courseId,
    item_id: item.id,
    kind,
    skills: item.skills.map((id, i) => ({ id, title: titles[i] ?? id })),
    difficulty: item.difficulty,
    presentations: [...new Set(item.presentations.map(({ modality }) => modality))],
    probability,
    score,
    reasons: [...reasons],
  };
}

export function courseJson(course: CourseOfRecommendations) {
  const { courseId, title, model, prior, courseVersion, statisticsVersion, learnerSeq } = course;
  return {
    course_id: courseId,
    title,
    model,
    prior,
    course_version: courseVersion,
    statistics_version: statisticsVersion,
    learner_seq: learnerSeq,
  };
}
