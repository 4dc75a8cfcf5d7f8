/** Live lessons as JSON. */
import { z } from "@hono/zod-openapi";
import { LIMIT_MS_MAX, LIMIT_MS_MIN, OFFLINE_MS_MAX } from "../../domain/classroom/limits.ts";
import type { LessonPlan } from "../../domain/classroom/plan.ts";
import { idSchema, timeSchema } from "./json_content.ts";

const TITLE_LENGTH_MAX = 120;
const OFFLINE_MS_DEFAULT = 30_000;
const CHANGES_DEFAULT = false;
const STANDINGS_DEFAULT = false;

export const lessonParam = z.object({ lesson_id: z.uuid() });

const modeSchema = z.enum(["self_paced", "teacher_paced", "mixed"]).openapi({
  description: "`self_paced`: everybody in a session of their own; `teacher_paced`: the teacher asks the class",
});
const statusSchema = z.enum(["open", "running", "paused", "closed"]);

export const newLessonSchema = z.object({
  course_id: idSchema,
  title: z.string().trim().min(1).max(TITLE_LENGTH_MAX),
  mode: modeSchema,
  admission: z.enum(["open", "lobby"]).default("open").openapi({
    description: "`lobby`: students wait until a teacher lets them in",
  }),
  question_limit_ms: z.int().min(LIMIT_MS_MIN).max(LIMIT_MS_MAX).nullable().default(null).openapi({
    description: "Usual time for a question; null: until the teacher closes it",
  }),
  answers_may_change: z.boolean().default(CHANGES_DEFAULT).openapi({
    description: "Before the deadline; else the first stands",
  }),
  offline_ms_max: z.int().min(0).max(OFFLINE_MS_MAX).default(OFFLINE_MS_DEFAULT).openapi({
    description: "How long answers of those who were cut off are waited for",
  }),
  leaderboard: z.boolean().default(STANDINGS_DEFAULT).openapi({
    description: "Standings; never where the class has none",
  }),
}).openapi("NewLesson");

export function planOf(classId: string, body: z.infer<typeof newLessonSchema>): LessonPlan {
  const { course_id, title, mode, admission, question_limit_ms, answers_may_change, offline_ms_max, leaderboard } =
    body;
  return {
    classId,
    courseId: course_id,
    title,
    mode,
    admission,
    questionLimitMs: question_limit_ms,
    answersMayChange: answers_may_change,
    offlineMsMax: offline_ms_max,
    leaderboard,
  };
}

/** A lesson's view: what everybody in it sees; teachers, students and those who wait each see more beside it. */
export const lessonViewSchema = z.looseObject({
  lesson_id: z.string(),
  class_id: z.string(),
  course_id: z.string(),
  title: z.string(),
  mode: modeSchema,
  status: statusSchema,
});

export const lessonSchema = lessonViewSchema.extend({ id: z.string() }).openapi("Lesson", {
  description: "As on the lesson's channel, `classroom/` and its id",
});
export type LessonJson = z.infer<typeof lessonSchema>;

/** What a lesson writes into its row of the list. */
export const lessonRowBodySchema = z.object({
  title: z.string(),
  course_id: z.string(),
  mode: modeSchema,
  status: statusSchema,
  opened_by: z.string(),
  opened_at: timeSchema,
  started_at: timeSchema.nullable(),
  closed_at: timeSchema.nullable(),
});

export const lessonRowSchema = lessonRowBodySchema.extend({
  id: z.string(),
  class_id: z.string(),
  updated_at: timeSchema,
}).openapi("LessonRow");
export type LessonRow = z.infer<typeof lessonRowSchema>;
