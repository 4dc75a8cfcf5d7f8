/** `/invitations`: the classes that one is asked to join, for whoever is asked. */
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { EVERYONE_SIGNED_IN, only } from "../access_rules.ts";
import type { ClassRosters } from "../class_rosters.ts";
import { json, pageQuerySchema, pageSchema } from "../documents/json_content.ts";
import {
  classParam,
  invitationJson,
  invitationSchema,
  membershipJson,
  membershipSchema,
} from "../documents/roster_schemas.ts";
import type { Guard } from "../guard.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["classes"];

const list = createRoute({
  method: "get",
  path: "/invitations",
  tags,
  summary: "The classes that one is asked to join",
  description: "Nobody who teaches them sees anything of one's own before one accepts.",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: pageQuerySchema },
  responses: { 200: json(pageSchema(invitationSchema), "A page of them, the oldest first") },
});

const accept = createRoute({
  method: "post",
  path: "/invitations/{class_id}/accept",
  tags,
  summary: "Accept an invitation: those who teach the class see from then on how one learns",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: classParam },
  responses: { 200: json(membershipSchema, "One's place in the class") },
});

const decline = createRoute({
  method: "delete",
  path: "/invitations/{class_id}",
  tags,
  summary: "Decline an invitation",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: classParam },
  responses: { 204: { description: "One is not asked any more" } },
});

export function invitationRoutes(rosters: ClassRosters, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...list, middleware: guard.signedIn(list) }, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const page = await rosters.invitations(c.var.principal, cursor ?? null, limit);
    return c.json({ rows: page.rows.map(invitationJson), next: page.next }, 200);
  });

  app.openapi({ ...accept, middleware: guard.signedIn(accept) }, async (c) => {
    const membership = await rosters.accept(c.var.principal, c.req.valid("param").class_id);
    return c.json(membershipJson(membership), 200);
  });

  app.openapi({ ...decline, middleware: guard.signedIn(decline) }, async (c) => {
    await rosters.decline(c.var.principal, c.req.valid("param").class_id);
    return c.body(null, 204);
  });

  return app;
}
