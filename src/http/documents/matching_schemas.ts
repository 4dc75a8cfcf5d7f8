/** Looking for partners to learn with, as JSON. */
import { z } from "@hono/zod-openapi";
import {
  NOT_AGAIN_MAX,
  WAIT_MS_DEFAULT,
  WAIT_MS_MAX,
  WAIT_MS_MIN,
  WISHED_SKILLS_MAX,
} from "../../domain/matching/limits.ts";
import type { Wish } from "../../domain/matching/messages.ts";
import { GROUP_SIZE_MAX, GROUP_SIZE_MIN } from "../../domain/matching/search.ts";
import { idSchema, orNull, personIdSchema, timeSchema } from "./json_content.ts";

const MS_A_SECOND = 1_000;

export const partnerSearchBodySchema = z.object({
  course_id: idSchema,
  skills: z.array(idSchema).max(WISHED_SKILLS_MAX).default([]).openapi({
    description: "Skills of the course to work on, which the room is then about; none: whatever suits",
  }),
  size: z.int().min(GROUP_SIZE_MIN).max(GROUP_SIZE_MAX).default(GROUP_SIZE_MIN).openapi({
    description: "Learners in the room, oneself included. After half a minute fewer will do",
  }),
  not_again: z.array(personIdSchema).max(NOT_AGAIN_MAX).default([]).openapi({
    description: "People with whom one will not be put together; they are not told",
  }),
  wait_seconds: z.int().min(WAIT_MS_MIN / MS_A_SECOND).max(WAIT_MS_MAX / MS_A_SECOND).default(
    WAIT_MS_DEFAULT / MS_A_SECOND,
  ),
}).openapi("NewPartnerSearch");

export function wishOf(body: z.infer<typeof partnerSearchBodySchema>): Wish {
  const { course_id: courseId, skills, size, not_again: notAgain, wait_seconds } = body;
  return { courseId, skills, size, notAgain, waitMs: wait_seconds * MS_A_SECOND };
}

/** The view of `matching/CLASS_ID` as a learner has it. */
export const partnerSearchSchema = z.object({
  class_id: z.string(),
  status: z.enum(["none", "waiting", "matched", "timed_out", "withdrawn"]),
  course_id: z.string().nullable(),
  seeking: z.int().openapi({ description: "Learners of the class who look for partners now" }),
  since: orNull(timeSchema).openapi({ description: "When the search began or, once it is over, ended" }),
  expires_at: orNull(timeSchema),
  room_id: z.string().nullable().openapi({ description: "Of the channel `room/ID` that one was put into" }),
  members: z.array(z.object({ user_id: z.string(), name: z.string() })),
  reason: z.string().nullable().openapi({ description: "Why, in words that tell nothing of the others" }),
}).openapi("PartnerSearch");
export type PartnerSearchJson = z.infer<typeof partnerSearchSchema>;
