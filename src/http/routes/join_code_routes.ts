/** `/classes/{class_id}/join-code`: opening a class to a code, and closing it. */
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { only, STAFF } from "../access_rules.ts";
import { json } from "../documents/json_content.ts";
import { classParam, joinCodeSchema } from "../documents/roster_schemas.ts";
import type { Guard } from "../guard.ts";
import type { JoinCodes } from "../join_codes.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["classes"];
const path = "/classes/{class_id}/join-code";
const request = { params: classParam };

const get = createRoute({
  method: "get",
  path,
  tags,
  summary: "The code and link by which one joins a class",
  ...only(STAFF),
  request,
  responses: { 200: json(joinCodeSchema, "The code; 404 while the class is closed to codes") },
});

const rotate = createRoute({
  method: "post",
  path,
  tags,
  summary: "Open a class to a fresh code",
  description: "The code before leads nowhere from now on; who has joined stays.",
  ...only(STAFF),
  request,
  responses: { 201: json(joinCodeSchema, "The code") },
});

const close = createRoute({
  method: "delete",
  path,
  tags,
  summary: "Close a class to codes",
  ...only(STAFF),
  request,
  responses: { 204: { description: "Nobody joins by code any more" } },
});

const svg = createRoute({
  method: "get",
  path: `${path}.svg`,
  tags,
  summary: "The link by which one joins a class, as QR code",
  ...only(STAFF),
  request,
  responses: { 200: { description: "The drawing", content: { "image/svg+xml": { schema: { type: "string" } } } } },
});

export function joinCodeRoutes(codes: JoinCodes, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...get, middleware: guard.signedIn(get) }, async (c) => {
    return c.json(await codes.read(c.var.principal, c.req.valid("param").class_id), 200);
  });

  app.openapi({ ...rotate, middleware: guard.signedIn(rotate) }, async (c) => {
    return c.json(await codes.rotate(c.var.principal, c.req.valid("param").class_id), 201);
  });

  app.openapi({ ...close, middleware: guard.signedIn(close) }, async (c) => {
    await codes.close(c.var.principal, c.req.valid("param").class_id);
    return c.body(null, 204);
  });

  app.openapi({ ...svg, middleware: guard.signedIn(svg) }, async (c) => {
    const drawing = await codes.svg(c.var.principal, c.req.valid("param").class_id);
    return c.body(drawing, 200, { "content-type": "image/svg+xml" });
  });

  return app;
}
