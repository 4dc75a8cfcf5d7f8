/** Classes as JSON. */
import { z } from "@hono/zod-openapi";
import { isPlainLine } from "../../domain/plain_line.ts";
import type { SchoolClass } from "../../domain/school/school_class.ts";
import { isoTime, timeSchema } from "./json_content.ts";

const TITLE_LENGTH_MAX = 120;
const titleSchema = z.string().trim().min(1).max(TITLE_LENGTH_MAX).refine(isPlainLine, "shows something, on one line")
  .openapi({ example: "7b, mathematics" });

export const newClassSchema = z.object({ title: titleSchema }).openapi("NewClass");

export const classChangeSchema = z.object({
  title: titleSchema.optional(),
  emotion_allowed: z.boolean().optional().openapi({
    description: "Whether emotion may be inferred in sessions of this class, from learners who consent themselves",
  }),
  leaderboards_allowed: z.boolean().optional().openapi({
    description: "Off: whoever takes part in sessions of this class is on no leaderboard, of this class or any other",
  }),
  join_needs_approval: z.boolean().optional().openapi({
    description: "Whether those who join by the class's code wait until somebody who teaches it admits them",
  }),
}).refine((body) => Object.values(body).some((wanted) => wanted !== undefined), {
  message: "`title`, `emotion_allowed`, `leaderboards_allowed` or `join_needs_approval` is needed",
}).openapi("ClassChange");

export const classSchema = z.object({
  id: z.string(),
  title: z.string(),
  owner_id: z.string(),
  created_at: timeSchema,
  emotion_allowed: z.boolean(),
  emotion_decided_by: z.string().nullable().openapi({ description: "Account that decided; null: nobody yet, so no" }),
  emotion_decided_at: timeSchema.nullable(),
  leaderboards_allowed: z.boolean(),
  join_needs_approval: z.boolean(),
}).openapi("Class");

export function classJson(schoolClass: SchoolClass): z.infer<typeof classSchema> {
  const { id, title, ownerId, createdAtMs, emotionPolicy, leaderboardsAllowed, joinNeedsApproval } = schoolClass;
  return {
    id,
    title,
    owner_id: ownerId,
    created_at: isoTime(createdAtMs),
    emotion_allowed: emotionPolicy?.allowed ?? false,
    emotion_decided_by: emotionPolicy?.byUserId ?? null,
    emotion_decided_at: emotionPolicy === null ? null : isoTime(emotionPolicy.atMs),
    leaderboards_allowed: leaderboardsAllowed,
    join_needs_approval: joinNeedsApproval,
  };
}
