/** Courses as JSON: the authored document, and what those see who may not see its keys. */
import { z } from "@hono/zod-openapi";
import { ITEMS_MAX, SKILLS_MAX } from "../../domain/curriculum/check_course.ts";
import type { Course } from "../../domain/curriculum/course.ts";
import type { AnswerKey } from "../../domain/curriculum/rendered_item.ts";
import type { CourseHeader, StoredCourse } from "../ports.ts";
import { isoTime, orNull, timeSchema } from "./json_content.ts";
import { difficultySchema } from "./session_schemas.ts";

/** Limits of shape; what makes a course teachable is checked by `checkCourse`, which names every fault. */
const TEXT_LENGTH_MAX = 20_000;
const ENTRIES_MAX = 200;

const text = z.string().max(TEXT_LENGTH_MAX);
const id = z.string().min(1).max(64);

function few<Schema extends z.ZodType>(schema: Schema) {
  return z.array(schema).max(ENTRIES_MAX).readonly();
}

const skillSchema = z.strictObject({ id, title: text, description: text, prerequisites: few(id) }).openapi("Skill");

const parameterSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("integer"),
    name: id,
    min: z.number(),
    max: z.number(),
    step: z.number(),
    exclude: few(z.number()),
  }),
  z.strictObject({ kind: z.literal("pick"), name: id, from: few(z.union([z.number(), text])) }),
  z.strictObject({ kind: z.literal("computed"), name: id, expression: text }),
]).openapi("Parameter");

const notationSchema = z.enum(["decimal", "fraction"]);

const optionSchema = z.strictObject({ id, text, correct: z.boolean() });

const answerSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("choice"), options: few(optionSchema), shuffle: z.boolean() }),
  z.strictObject({ kind: z.literal("choices"), options: few(optionSchema), shuffle: z.boolean() }),
  z.strictObject({
    kind: z.literal("number"),
    value: text,
    tolerance: z.number(),
    unit: z.string().max(64).nullable(),
    factors: z.record(z.string().max(64), z.number()).readonly(),
    written: notationSchema.exactOptional(),
  }),
  z.strictObject({ kind: z.literal("text"), accepted: few(text) }),
  z.strictObject({ kind: z.literal("ordering"), entries: few(z.strictObject({ id, text })) }),
  z.strictObject({ kind: z.literal("matching"), pairs: few(z.strictObject({ left: text, right: text })) }),
]).openapi("AuthoredAnswer");

const presentationSchema = z.strictObject({
  modality: z.enum(["text", "visual", "auditory", "kinesthetic"]),
  title: text,
  body: text,
}).openapi("Presentation");

const itemSchema = z.strictObject({
  id,
  skills: few(id),
  difficulty: difficultySchema,
  parameters: few(parameterSchema),
  constraints: few(text),
  prompt: text,
  answer: answerSchema,
  hints: z.tuple([text, text, text]).readonly(),
  explanation: text,
  presentations: few(presentationSchema),
}).openapi("Item");

export const courseSchema = z.strictObject({
  id,
  title: text,
  description: text,
  language: z.string().max(64),
  licence: text,
  skills: z.array(skillSchema).max(SKILLS_MAX).readonly(),
  items: z.array(itemSchema).max(ITEMS_MAX).readonly(),
}).openapi("Course") satisfies z.ZodType<Course>;

export const courseRowSchema = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  owner_id: z.string().nullable(),
  version: z.int(),
  skill_count: z.int(),
  item_count: z.int(),
  updated_at: timeSchema,
}).openapi("CourseRow");

export const courseViewSchema = courseRowSchema.extend({
  language: z.string(),
  licence: z.string(),
  skills: z.array(skillSchema).readonly(),
  document: orNull(courseSchema).openapi({ description: "The whole course, for staff; null for students" }),
}).openapi("CourseView");

const keySchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("choice"), option: z.string() }),
  z.object({ kind: z.literal("choices"), options: z.array(z.string()).readonly() }),
  z.object({
    kind: z.literal("number"),
    value: z.number(),
    tolerance: z.number(),
    unit: z.string().nullable(),
    factors: z.record(z.string(), z.number()).readonly(),
    written: notationSchema.exactOptional(),
  }),
  z.object({ kind: z.literal("text"), accepted: z.array(z.string()).readonly() }),
  z.object({ kind: z.literal("ordering"), order: z.array(z.string()).readonly() }),
  z.object({ kind: z.literal("matching"), pairs: z.record(z.string(), z.string()).readonly() }),
]) satisfies z.ZodType<AnswerKey>;

export const previewSchema = z.object({
  seed: z.int(),
  item: z.unknown().openapi({ description: "The item as a learner sees it" }),
  solution: z.object({
    key: keySchema,
    answer: z.string(),
    hints: z.array(z.string()).readonly(),
    explanation: z.string(),
  }).nullable().openapi({ description: "For staff; null for students" }),
}).openapi("ItemPreview");

export function courseRowJson(header: CourseHeader): z.infer<typeof courseRowSchema> {
  return {
    id: header.id,
    title: header.title,
    description: header.description,
    owner_id: header.ownerId,
    version: header.version,
    skill_count: header.skills,
    item_count: header.items,
    updated_at: isoTime(header.updatedAtMs),
  };
}

/** The course as staff see it, or without its items as students do: items hold their keys (E8). */
export function courseViewJson(stored: StoredCourse, forStaff: boolean): z.infer<typeof courseViewSchema> {
  const { course, ownerId, version, updatedAtMs } = stored;
  const { id, title, description, skills, items } = course;
  const header = { id, title, description, ownerId, version, updatedAtMs, skills: skills.length, items: items.length };
  return {
    ...courseRowJson(header),
    language: course.language,
    licence: course.licence,
    skills,
    document: forStaff ? course : null,
  };
}
