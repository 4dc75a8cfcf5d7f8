/** `/classes`: classes and their emotion policy, for those who teach them and for administrators. */
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { only, STAFF } from "../access_rules.ts";
import { classChangeSchema, classJson, classSchema, newClassSchema } from "../documents/class_schemas.ts";
import { json, jsonBody, pageQuerySchema, pageSchema } from "../documents/json_content.ts";
import { classParam } from "../documents/roster_schemas.ts";
import type { Guard } from "../guard.ts";
import type { OpenEnv } from "../request_env.ts";
import type { SchoolClasses } from "../school_classes.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["classes"];
const params = classParam;

const list = createRoute({
  method: "get",
  path: "/classes",
  tags,
  summary: "List the classes one teaches or helps to teach; for administrators, all",
  ...only(STAFF),
  request: { query: pageQuerySchema },
  responses: { 200: json(pageSchema(classSchema), "A page of classes, by title") },
});

const create = createRoute({
  method: "post",
  path: "/classes",
  tags,
  summary: "Make a class of one's own",
  ...only(STAFF),
  request: { body: jsonBody(newClassSchema) },
  responses: { 201: json(classSchema, "The new class; emotion is not inferred in it until that is allowed") },
});

const get = createRoute({
  method: "get",
  path: "/classes/{class_id}",
  tags,
  summary: "One class",
  ...only(STAFF),
  request: { params },
  responses: { 200: json(classSchema, "The class") },
});

const change = createRoute({
  method: "patch",
  path: "/classes/{class_id}",
  tags,
  summary:
    "Rename a class, or say how one joins it, whether it has leaderboards and whether emotion may be inferred in it",
  description:
    "Who decided and when is recorded. It holds from the next frame on, and opens one of three gates: the server's own " +
    "setting and each learner's consent have to be open too.",
  ...only(STAFF),
  request: { params, body: jsonBody(classChangeSchema) },
  responses: { 200: json(classSchema, "The class as it is now") },
});

const remove = createRoute({
  method: "delete",
  path: "/classes/{class_id}",
  tags,
  summary: "Delete a class of one's own, with its roster",
  ...only(STAFF),
  request: { params },
  responses: { 204: { description: "It is gone; what its learners did in it stays theirs" } },
});

export function classRoutes(classes: SchoolClasses, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...list, middleware: guard.signedIn(list) }, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const page = await classes.list(c.var.principal, cursor ?? null, limit);
    return c.json({ rows: page.rows.map(classJson), next: page.next }, 200);
  });

  app.openapi({ ...create, middleware: guard.signedIn(create) }, async (c) => {
    const made = await classes.create(c.var.principal, c.req.valid("json").title);
    c.header("location", `/api/v1/classes/${made.id}`);
    return c.json(classJson(made), 201);
  });

  app.openapi({ ...get, middleware: guard.signedIn(get) }, async (c) => {
    return c.json(classJson(await classes.byId(c.var.principal, c.req.valid("param").class_id)), 200);
  });

  app.openapi({ ...change, middleware: guard.signedIn(change) }, async (c) => {
    const { title, emotion_allowed, leaderboards_allowed, join_needs_approval } = c.req.valid("json");
    const wanted = {
      title: title ?? null,
      emotionAllowed: emotion_allowed ?? null,
      leaderboardsAllowed: leaderboards_allowed ?? null,
      joinNeedsApproval: join_needs_approval ?? null,
    };
    return c.json(classJson(await classes.change(c.var.principal, c.req.valid("param").class_id, wanted)), 200);
  });

  app.openapi({ ...remove, middleware: guard.signedIn(remove) }, async (c) => {
    await classes.remove(c.var.principal, c.req.valid("param").class_id);
    return c.body(null, 204);
  });

  return app;
}
