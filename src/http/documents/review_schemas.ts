/** Reviews as JSON. */
import { z } from "@hono/zod-openapi";
import type { Review } from "../../domain/memory/review_schedule.ts";
import { idSchema, isoTime, pageQuerySchema, personIdSchema, timeSchema } from "./json_content.ts";

export const reviewQuerySchema = pageQuerySchema.extend({
  learner_id: personIdSchema.optional().openapi({ description: "For staff; otherwise one's own" }),
  course_id: idSchema.optional(),
  of: z.enum(["skill", "item"]).default("skill"),
});

const memoryShape = {
  course_id: z.string(),
  due_at: timeSchema.openapi({ description: "When the probability of remembering has come down to .9" }),
  is_due: z.boolean(),
  retrievability: z.number().openapi({ description: "Probability that it is remembered now (FSRS)" }),
};

export const reviewSchema = z.discriminatedUnion("of", [
  z.object({ of: z.literal("skill"), skill_id: z.string(), ...memoryShape }),
  z.object({ of: z.literal("item"), item_id: z.string(), ...memoryShape }),
]).openapi("Review");

export function reviewJson({ courseId, kind, id, dueAtMs, retrievability }: Review, nowMs: number) {
  const memory = {
    course_id: courseId,
    due_at: isoTime(dueAtMs),
    is_due: dueAtMs <= nowMs,
    retrievability: Math.round(retrievability * 1e4) / 1e4,
  };
  return kind === "skill"
    ? { of: "skill" as const, skill_id: id, ...memory }
    : { of: "item" as const, item_id: id, ...memory };
}
