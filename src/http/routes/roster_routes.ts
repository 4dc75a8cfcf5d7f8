/** `/classes/{class_id}/members` for those who teach the class, `/memberships` and `/invitations` for whoever is in one. */
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { EVERYONE_SIGNED_IN, only, STAFF } from "../access_rules.ts";
import type { ClassRosters } from "../class_rosters.ts";
import { json, jsonBody, pageQuerySchema, pageSchema } from "../documents/json_content.ts";
import {
  classParam,
  joinSchema,
  memberChangeSchema,
  memberJson,
  memberParams,
  memberSchema,
  membershipJson,
  membershipSchema,
  newMemberSchema,
} from "../documents/roster_schemas.ts";
import type { Guard } from "../guard.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";
import { invitationRoutes } from "./invitation_routes.ts";

const tags = ["classes"];
const gone = { 204: { description: "They are not in the class any more" } };

const list = createRoute({
  method: "get",
  path: "/classes/{class_id}/members",
  tags,
  summary: "Who is in a class, in the order they joined",
  ...only(STAFF),
  request: { params: classParam, query: pageQuerySchema },
  responses: { 200: json(pageSchema(memberSchema), "A page of its roster") },
});

const add = createRoute({
  method: "post",
  path: "/classes/{class_id}/members",
  tags,
  summary: "Invite an account into a class",
  description: "Who is made a student is asked: they come in when they accept, and nothing of theirs is seen before. " +
    "Students of another class of one's own who never declined or left this one, and those whom an administrator " +
    "adds, come in at once, as do co-teachers. Accounts of students cannot help to teach.",
  ...only(STAFF),
  request: { params: classParam, body: jsonBody(newMemberSchema) },
  responses: { 201: json(memberSchema, "The new member, `invited` where they are asked first") },
});

const change = createRoute({
  method: "patch",
  path: "/classes/{class_id}/members/{user_id}",
  tags,
  summary: "Admit a member, give them another part, more time, or no leaderboards",
  ...only(STAFF),
  request: { params: memberParams, body: jsonBody(memberChangeSchema) },
  responses: { 200: json(memberSchema, "The member as they are now") },
});

const remove = createRoute({
  method: "delete",
  path: "/classes/{class_id}/members/{user_id}",
  tags,
  summary: "Take somebody off a class's roster",
  ...only(STAFF),
  request: { params: memberParams },
  responses: gone,
});

const join = createRoute({
  method: "post",
  path: "/classes/join",
  tags,
  summary: "Join a class by its code",
  description: "As a student. Where the class asks for it, one waits until somebody who teaches it admits one.",
  ...only(EVERYONE_SIGNED_IN, "join"),
  request: { body: jsonBody(joinSchema) },
  responses: {
    200: json(membershipSchema, "One was in the class already"),
    201: json(membershipSchema, "One's place in it"),
  },
});

const memberships = createRoute({
  method: "get",
  path: "/memberships",
  tags,
  summary: "The classes one is in, and what is arranged there for oneself",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: pageQuerySchema },
  responses: { 200: json(pageSchema(membershipSchema), "A page of them") },
});

const leave = createRoute({
  method: "delete",
  path: "/memberships/{class_id}",
  tags,
  summary: "Leave a class",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: classParam },
  responses: gone,
});

export function rosterRoutes(rosters: ClassRosters, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });
  app.route("/", invitationRoutes(rosters, guard));

  app.openapi({ ...list, middleware: guard.signedIn(list) }, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const page = await rosters.page(c.var.principal, c.req.valid("param").class_id, cursor ?? null, limit);
    return c.json({ rows: page.rows.map(memberJson), next: page.next }, 200);
  });

  app.openapi({ ...add, middleware: guard.signedIn(add) }, async (c) => {
    const { login, part } = c.req.valid("json");
    return c.json(memberJson(await rosters.add(c.var.principal, c.req.valid("param").class_id, login, part)), 201);
  });

  app.openapi({ ...change, middleware: guard.signedIn(change) }, async (c) => {
    const { class_id, user_id } = c.req.valid("param");
    const { part, admitted, time_multiplier, leaderboards_allowed } = c.req.valid("json");
    const wanted = {
      part: part ?? null,
      admit: admitted === undefined ? null : "admit" as const,
      time: time_multiplier === undefined ? null : { multiplier: time_multiplier },
      leaderboardsAllowed: leaderboards_allowed ?? null,
    };
    return c.json(memberJson(await rosters.change(c.var.principal, class_id, user_id, wanted)), 200);
  });

  app.openapi({ ...remove, middleware: guard.signedIn(remove) }, async (c) => {
    const { class_id, user_id } = c.req.valid("param");
    await rosters.remove(c.var.principal, class_id, user_id);
    return c.body(null, 204);
  });

  app.openapi({ ...join, middleware: guard.signedIn(join) }, async (c) => {
    const { membership, isNew } = await rosters.join(c.var.principal, c.req.valid("json").code);
    return c.json(membershipJson(membership), isNew ? 201 : 200);
  });

  app.openapi({ ...memberships, middleware: guard.signedIn(memberships) }, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const page = await rosters.memberships(c.var.principal, cursor ?? null, limit);
    return c.json({ rows: page.rows.map(membershipJson), next: page.next }, 200);
  });

  app.openapi({ ...leave, middleware: guard.signedIn(leave) }, async (c) => {
    await rosters.leave(c.var.principal, c.req.valid("param").class_id);
    return c.body(null, 204);
  });

  return app;
}
