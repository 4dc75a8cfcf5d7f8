/** `/classes/{class_id}/lessons` and `/lessons`: opening live lessons and finding one's way to them. */
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { EVERYONE_SIGNED_IN, only, STAFF } from "../access_rules.ts";
import { json, jsonBody, pageQuerySchema, pageSchema } from "../documents/json_content.ts";
import { lessonParam, lessonRowSchema, lessonSchema, newLessonSchema, planOf } from "../documents/lesson_schemas.ts";
import { classParam } from "../documents/roster_schemas.ts";
import { idempotencyHeaders } from "../documents/session_schemas.ts";
import type { Guard } from "../guard.ts";
import type { Lessons } from "../lessons.ts";
import type { Courses } from "../ports.ts";
import type { OpenEnv } from "../request_env.ts";
import { requireTopic } from "../require_topic.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["lessons"];
const page = json(pageSchema(lessonRowSchema), "A page of lessons, newest first");

const open = createRoute({
  method: "post",
  path: "/classes/{class_id}/lessons",
  tags,
  summary: "Open a live lesson of a class",
  description: "It is led on its channel. The same `Idempotency-Key` again finds the lesson it opened.",
  ...only(STAFF),
  request: { params: classParam, headers: idempotencyHeaders, body: jsonBody(newLessonSchema) },
  responses: { 201: json(lessonSchema, "The lesson") },
});

const ofClass = createRoute({
  method: "get",
  path: "/classes/{class_id}/lessons",
  tags,
  summary: "The lessons of a class",
  ...only(STAFF),
  request: { params: classParam, query: pageQuerySchema },
  responses: { 200: page },
});

const mine = createRoute({
  method: "get",
  path: "/lessons",
  tags,
  summary: "Lessons under way in classes one is in",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: pageQuerySchema },
  responses: { 200: page },
});

const get = createRoute({
  method: "get",
  path: "/lessons/{lesson_id}",
  tags,
  summary: "One lesson as it is now, as much of it as one may see",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: lessonParam },
  responses: { 200: json(lessonSchema, "The lesson") },
});

export function lessonRoutes(lessons: Lessons, courses: Courses, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...open, middleware: guard.signedIn(open) }, async (c) => {
    const plan = planOf(c.req.valid("param").class_id, c.req.valid("json"));
    await requireTopic(courses, plan.courseId, null);
    const lesson = await lessons.open(c.var.principal, plan, c.req.valid("header")["idempotency-key"] ?? null);
    c.header("location", `/api/v1/lessons/${lesson.id}`);
    return c.json(lesson, 201);
  });

  app.openapi({ ...ofClass, middleware: guard.signedIn(ofClass) }, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const found = await lessons.ofClass(c.var.principal, c.req.valid("param").class_id, cursor ?? null, limit);
    return c.json({ rows: [...found.rows], next: found.next }, 200);
  });

  app.openapi({ ...mine, middleware: guard.signedIn(mine) }, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const found = await lessons.mine(c.var.principal, cursor ?? null, limit);
    return c.json({ rows: [...found.rows], next: found.next }, 200);
  });

  app.openapi({ ...get, middleware: guard.signedIn(get) }, async (c) => {
    return c.json(await lessons.read(c.var.principal, c.req.valid("param").lesson_id), 200);
  });

  return app;
}
