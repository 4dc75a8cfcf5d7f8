/** `/classes/{class_id}/matching`: looking for partners to learn with. */
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { EVERYONE_SIGNED_IN, only } from "../access_rules.ts";
import { json, jsonBody } from "../documents/json_content.ts";
import { partnerSearchBodySchema, partnerSearchSchema, wishOf } from "../documents/matching_schemas.ts";
import { classParam } from "../documents/roster_schemas.ts";
import type { Guard } from "../guard.ts";
import type { PartnerSearches } from "../partner_searches.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["rooms"];
const path = "/classes/{class_id}/matching";
const search = json(partnerSearchSchema, "The caller's own search");

const begin = createRoute({
  method: "post",
  path,
  tags,
  summary: "Look for partners in a class one is a student of",
  description: "Those whose strengths complete each other are put into a room. How it goes on is told on the channel " +
    "`matching/CLASS_ID` (`matched`, `timed_out`), or by reading it again.",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: classParam, body: jsonBody(partnerSearchBodySchema) },
  responses: { 200: search },
});

const current = createRoute({
  method: "get",
  path,
  tags,
  summary: "How one's search for partners stands, or how the last one ended",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: classParam },
  responses: { 200: search },
});

const takeBack = createRoute({
  method: "delete",
  path,
  tags,
  summary: "Look for partners no longer",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: classParam },
  responses: { 204: { description: "Taken back" } },
});

export function matchingRoutes(searches: PartnerSearches, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...begin, middleware: guard.signedIn(begin) }, async (c) => {
    const { class_id } = c.req.valid("param");
    return c.json(await searches.begin(c.var.principal, class_id, wishOf(c.req.valid("json"))), 200);
  });

  app.openapi({ ...current, middleware: guard.signedIn(current) }, async (c) => {
    return c.json(await searches.current(c.var.principal, c.req.valid("param").class_id), 200);
  });

  app.openapi({ ...takeBack, middleware: guard.signedIn(takeBack) }, async (c) => {
    await searches.takeBack(c.var.principal, c.req.valid("param").class_id);
    return c.body(null, 204);
  });

  return app;
}
