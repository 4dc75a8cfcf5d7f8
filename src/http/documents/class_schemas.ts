/** Classes as JSON. */
import { z } from "@hono/zod-openapi";
import type { SchoolClass } from "../ports.ts";
import { isoTime, timeSchema } from "./json_content.ts";

const TITLE_LENGTH_MAX = 120;
const titleSchema = z.string().trim().min(1).max(TITLE_LENGTH_MAX).openapi({ example: "7b, mathematics" });

export const newClassSchema = z.object({ title: titleSchema }).openapi("NewClass");

export const classChangeSchema = z.object({
  title: titleSchema.optional(),
  emotion_allowed: z.boolean().optional().openapi({
    description: "Whether emotion may be inferred in sessions of this class, from learners who consent themselves",
  }),
}).refine((body) => body.title !== undefined || body.emotion_allowed !== undefined, {
  message: "`title` or `emotion_allowed` is needed",
}).openapi("ClassChange");

export const classSchema = z.object({
  id: z.string(),
  title: z.string(),
  owner_id: z.string(),
  created_at: timeSchema,
  emotion_allowed: z.boolean(),
  emotion_decided_by: z.string().nullable().openapi({ description: "Account that decided; null: nobody yet, so no" }),
  emotion_decided_at: timeSchema.nullable(),
}).openapi("Class");

export function classJson(schoolClass: SchoolClass): z.infer<typeof classSchema> {
  const { id, title, ownerId, createdAtMs, emotionPolicy } = schoolClass;
  return {
    id,
    title,
    owner_id: ownerId,
    created_at: isoTime(createdAtMs),
    emotion_allowed: emotionPolicy?.allowed ?? false,
    emotion_decided_by: emotionPolicy?.byUserId ?? null,
    emotion_decided_at: emotionPolicy === null ? null : isoTime(emotionPolicy.atMs),
  };
}
