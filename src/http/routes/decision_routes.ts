/** `/decisions`: why each item of a session was chosen. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { EVERYONE_SIGNED_IN, only } from "../access_rules.ts";
import type { Decisions } from "../decisions.ts";
import { decisionSchema } from "../documents/decision_schemas.ts";
import { json, pageQuerySchema, pageSchema } from "../documents/json_content.ts";
import type { Guard } from "../guard.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["decisions"];

const list = createRoute({
  method: "get",
  path: "/decisions",
  tags,
  summary: "The choices of a session, in order",
  ...only(EVERYONE_SIGNED_IN),
  request: {
    query: pageQuerySchema.extend({
      session_id: z.uuid(),
      cursor: z.coerce.number().int().min(0).default(0).openapi({ description: "`next` of the page before" }),
    }),
  },
  responses: { 200: json(pageSchema(decisionSchema), "A page of choices") },
});

const get = createRoute({
  method: "get",
  path: "/decisions/{receipt_id}",
  tags,
  summary: "One choice: its reason, what was considered, and what it rested on",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: z.object({ receipt_id: z.string() }) },
  responses: { 200: json(decisionSchema, "The choice") },
});

export function decisionRoutes(decisions: Decisions, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...list, middleware: guard.signedIn(list) }, async (c) => {
    const { session_id, cursor, limit } = c.req.valid("query");
    const page = await decisions.page(c.var.principal, session_id, cursor, limit);
    return c.json({ rows: [...page.rows], next: page.next }, 200);
  });

  app.openapi({ ...get, middleware: guard.signedIn(get) }, async (c) => {
    return c.json(await decisions.byId(c.var.principal, c.req.valid("param").receipt_id), 200);
  });

  return app;
}
