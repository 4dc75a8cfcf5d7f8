/** `/courses`: reading for everyone, authoring for staff. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { answerInWords } from "../../domain/curriculum/answer_in_words.ts";
import { publicItem } from "../../domain/curriculum/public_item.ts";
import type { Item } from "../../domain/curriculum/course.ts";
import { NoDrawError, renderItem } from "../../domain/curriculum/render_item.ts";
import type { RenderedItem } from "../../domain/curriculum/rendered_item.ts";
import { COURSE_BYTES_MAX, EVERYONE_SIGNED_IN, only, STAFF } from "../access_rules.ts";
import { type CourseShelf, versionTag } from "../course_shelf.ts";
import {
  courseRowJson,
  courseRowSchema,
  courseSchema,
  courseViewJson,
  courseViewSchema,
  previewSchema,
} from "../documents/course_schemas.ts";
import { idSchema, json, jsonBody, pageQuerySchema, pageSchema } from "../documents/json_content.ts";
import type { Guard } from "../guard.ts";
import type { Courses } from "../ports.ts";
import { notFound, problem } from "../problem.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["courses"];
const params = z.object({ course_id: idSchema });
const UINT32_MAX = 2 ** 32 - 1;

const list = createRoute({
  method: "get",
  path: "/courses",
  tags,
  summary: "List courses",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: pageQuerySchema },
  responses: { 200: json(pageSchema(courseRowSchema), "A page of courses") },
});

const create = createRoute({
  method: "post",
  path: "/courses",
  tags,
  summary: "Add a course of one's own",
  ...only(STAFF, "authoring", COURSE_BYTES_MAX),
  request: { body: jsonBody(courseSchema) },
  responses: { 201: json(courseViewSchema, "The course; `ETag` is its version") },
});

const get = createRoute({
  method: "get",
  path: "/courses/{course_id}",
  tags,
  summary: "One course",
  description: "Its skills for everyone; the whole document, with items and keys, for staff.",
  ...only(EVERYONE_SIGNED_IN),
  request: { params },
  responses: { 200: json(courseViewSchema, "The course; `ETag` is its version") },
});

const replace = createRoute({
  method: "put",
  path: "/courses/{course_id}",
  tags,
  summary: "Replace a course",
  description: "`If-Match` names the version that this replaces: 428 without it, 412 when the course has changed.",
  ...only(STAFF, "authoring", COURSE_BYTES_MAX),
  request: {
    params,
    headers: z.object({ "if-match": z.string().max(64).optional() }),
    body: jsonBody(courseSchema),
  },
  responses: { 200: json(courseViewSchema, "The course; `ETag` is its new version") },
});

const remove = createRoute({
  method: "delete",
  path: "/courses/{course_id}",
  tags,
  summary: "Take a course off",
  ...only(STAFF, "authoring"),
  request: { params },
  responses: { 204: { description: "Gone" } },
});

const preview = createRoute({
  method: "get",
  path: "/courses/{course_id}/items/{item_id}/preview",
  tags,
  summary: "One item as a seed draws it",
  ...only(EVERYONE_SIGNED_IN),
  request: {
    params: params.extend({ item_id: idSchema }),
    query: z.object({ seed: z.coerce.number().int().min(0).max(UINT32_MAX).default(0) }),
  },
  responses: { 200: json(previewSchema, "The item, with its solution for staff") },
});

export function courseRoutes(shelf: CourseShelf, courses: Courses, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...list, middleware: guard.signedIn(list) }, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const page = await courses.list(cursor ?? null, limit);
    return c.json({ rows: page.rows.map(courseRowJson), next: page.next }, 200);
  });

  app.openapi({ ...create, middleware: guard.signedIn(create) }, async (c) => {
    const stored = await shelf.add(c.var.principal, c.req.valid("json"));
    c.header("etag", versionTag(stored.version));
    c.header("location", `/api/v1/courses/${stored.course.id}`);
    const forStaff = true;
    return c.json(courseViewJson(stored, forStaff), 201);
  });

  app.openapi({ ...get, middleware: guard.signedIn(get) }, async (c) => {
    const stored = await shelf.byId(c.req.valid("param").course_id);
    c.header("etag", versionTag(stored.version));
    return c.json(courseViewJson(stored, STAFF.includes(c.var.principal.role)), 200);
  });

  app.openapi({ ...replace, middleware: guard.signedIn(replace) }, async (c) => {
    const ifMatch = c.req.valid("header")["if-match"];
    const stored = await shelf.replace(
      c.var.principal,
      c.req.valid("param").course_id,
      c.req.valid("json"),
      ifMatch,
    );
    c.header("etag", versionTag(stored.version));
    const forStaff = true;
    return c.json(courseViewJson(stored, forStaff), 200);
  });

  app.openapi({ ...remove, middleware: guard.signedIn(remove) }, async (c) => {
    await shelf.remove(c.var.principal, c.req.valid("param").course_id);
    return c.body(null, 204);
  });

  app.openapi({ ...preview, middleware: guard.signedIn(preview) }, async (c) => {
    const { course_id, item_id } = c.req.valid("param");
    const { seed } = c.req.valid("query");
    const { course } = await shelf.byId(course_id);
    const authored = course.items.find((item) => item.id === item_id);
    if (!authored) throw notFound();
    const item = drawnOr422(authored, seed);
    const { key, form, hints, explanation } = item;
    const solution = STAFF.includes(c.var.principal.role)
      ? { key, answer: answerInWords(key, form), hints, explanation }
      : null;
    const body: z.infer<typeof previewSchema> = { seed, item: publicItem(item), solution };
    return c.json(body, 200);
  });

  return app;
}

/** Courses are checked before they are stored, but no check can try every seed. */
function drawnOr422(item: Item, seed: number): RenderedItem {
  try {
    return renderItem(item, seed);
  } catch (error) {
    if (!(error instanceof NoDrawError)) throw error;
    throw problem("item_undrawable", error.message, { members: { item_id: item.id, seed } });
  }
}
