/** `/debate-motions` and `/debates`: what can be debated, and debates opened, read, drawn and judged. */
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { EVERYONE_SIGNED_IN, only, STAFF } from "../access_rules.ts";
import type { Debates } from "../debates.ts";
import {
  debateParam,
  debateRowSchema,
  debateSchema,
  debatesQuerySchema,
  motionJson,
  motionMapJson,
  motionMapSchema,
  motionParam,
  motionSchema,
  newDebateSchema,
  newJudgementSchema,
} from "../documents/debate_schemas.ts";
import { json, jsonBody, pageSchema } from "../documents/json_content.ts";
import { idempotencyHeaders } from "../documents/session_schemas.ts";
import { argumentMapSvg } from "../drawings/argument_map_svg.ts";
import type { Guard } from "../guard.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["debates"];
const debate = json(debateSchema, "The debate as the caller may see it");

const motions = createRoute({
  method: "get",
  path: "/debate-motions",
  tags,
  summary: "Motions that can be debated",
  ...only(EVERYONE_SIGNED_IN),
  responses: { 200: json(pageSchema(motionSchema), "All of them") },
});

const motion = createRoute({
  method: "get",
  path: "/debate-motions/{motion_id}",
  tags,
  summary: "One motion with its authored map of arguments",
  ...only(STAFF),
  request: { params: motionParam },
  responses: { 200: json(motionMapSchema, "The motion") },
});

const open = createRoute({
  method: "post",
  path: "/debates",
  tags,
  summary: "Open a debate",
  description: "Those who teach the class put its students, or the AI, on sides; anybody may practise with the AI. " +
    "It is started, steered and spoken in on the channel `debate/ID`.",
  ...only(EVERYONE_SIGNED_IN),
  request: { headers: idempotencyHeaders, body: jsonBody(newDebateSchema) },
  responses: { 201: debate },
});

const list = createRoute({
  method: "get",
  path: "/debates",
  tags,
  summary: "Debates of a class, or one's own practice, newest first",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: debatesQuerySchema },
  responses: { 200: json(pageSchema(debateRowSchema), "A page of them") },
});

const get = createRoute({
  method: "get",
  path: "/debates/{debate_id}",
  tags,
  summary: "One debate as it is now, with its argument map and judgements",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: debateParam },
  responses: { 200: debate },
});

const map = createRoute({
  method: "get",
  path: "/debates/{debate_id}/map.svg",
  tags,
  summary: "The argument map, drawn",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: debateParam },
  responses: { 200: { description: "The drawing", content: { "image/svg+xml": { schema: { type: "string" } } } } },
});

const judge = createRoute({
  method: "post",
  path: "/debates/{debate_id}/judgements",
  tags,
  summary: "Judge one who spoke, once the debate is over",
  description: "Stands above what rules counted and what was drafted; judging again replaces it.",
  ...only(STAFF),
  request: { params: debateParam, body: jsonBody(newJudgementSchema) },
  responses: { 200: debate },
});

export function debateRoutes(debates: Debates, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...motions, middleware: guard.signedIn(motions) }, (c) => {
    return c.json({ rows: debates.motions.map(motionJson), next: null }, 200);
  });

  app.openapi({ ...motion, middleware: guard.signedIn(motion) }, (c) => {
    return c.json(motionMapJson(debates.motion(c.req.valid("param").motion_id)), 200);
  });

  app.openapi({ ...open, middleware: guard.signedIn(open) }, async (c) => {
    const key = c.req.valid("header")["idempotency-key"] ?? null;
    return c.json(await debates.open(c.var.principal, c.req.valid("json"), key), 201);
  });

  app.openapi({ ...list, middleware: guard.signedIn(list) }, async (c) => {
    const { class_id, status, cursor, limit } = c.req.valid("query");
    const page = await debates.list(c.var.principal, class_id ?? null, status ?? null, cursor ?? null, limit);
    return c.json({ rows: [...page.rows], next: page.next }, 200);
  });

  app.openapi({ ...get, middleware: guard.signedIn(get) }, async (c) => {
    return c.json(await debates.read(c.var.principal, c.req.valid("param").debate_id), 200);
  });

  app.openapi({ ...map, middleware: guard.signedIn(map) }, async (c) => {
    const { motion, map: drawn } = await debates.read(c.var.principal, c.req.valid("param").debate_id);
    return c.body(argumentMapSvg(motion.title, drawn), 200, { "content-type": "image/svg+xml" });
  });

  app.openapi({ ...judge, middleware: guard.signedIn(judge) }, async (c) => {
    const { user_id: userId, scores, comment } = c.req.valid("json");
    const judged = await debates.judge(c.var.principal, c.req.valid("param").debate_id, { userId, scores, comment });
    return c.json(judged, 200);
  });

  return app;
}
