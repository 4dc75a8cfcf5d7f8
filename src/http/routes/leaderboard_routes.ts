/** `/leaderboards`: for learners who have asked to be on them, and for staff by class. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { EVERYONE_SIGNED_IN, only } from "../access_rules.ts";
import { json, pageSchema, personIdSchema } from "../documents/json_content.ts";
import {
  boardQuerySchema,
  boardRowJson,
  boardRowSchema,
  classBoardQuerySchema,
  teamRowJson,
  teamRowSchema,
} from "../documents/leaderboard_schemas.ts";
import type { Guard } from "../guard.ts";
import type { LeaderboardReader } from "../leaderboards.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["leaderboards"];

const around = createRoute({
  method: "get",
  path: "/leaderboards",
  tags,
  summary: "One's own place, with those just above and below",
  description:
    "Boards hold only learners who have set `on_leaderboards` in their profile, and are shown to them alone.",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: boardQuerySchema },
  responses: { 200: json(z.object({ rows: z.array(boardRowSchema) }), "Most points first") },
});

const teams = createRoute({
  method: "get",
  path: "/leaderboards/teams",
  tags,
  summary: "One's own teams, with those just above and below",
  description:
    "A team that shares a quest is on the board while the quest is under way and all of its members, two at " +
    "least, have set `on_leaderboards`. Teams are compared by the mean of their members' points.",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: boardQuerySchema },
  responses: { 200: json(z.object({ rows: z.array(teamRowSchema) }), "Most points first") },
});

const ofClass = createRoute({
  method: "get",
  path: "/classes/{class_id}/leaderboard",
  tags,
  summary: "The board of a class, for learners on it and for staff whose class it is",
  description: "On it are learners who have asked to be and have lately completed a session of the class.",
  ...only(EVERYONE_SIGNED_IN),
  request: { params: z.object({ class_id: personIdSchema }), query: classBoardQuerySchema },
  responses: { 200: json(pageSchema(boardRowSchema), "A page, most points first") },
});

export function leaderboardRoutes(boards: LeaderboardReader, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...around, middleware: guard.signedIn(around) }, async (c) => {
    const { principal } = c.var;
    const rows = await boards.around(principal, c.req.valid("query").span);
    return c.json({ rows: rows.map((row) => boardRowJson(row, principal.userId)) }, 200);
  });

  app.openapi({ ...teams, middleware: guard.signedIn(teams) }, async (c) => {
    const rows = await boards.teamsAround(c.var.principal, c.req.valid("query").span);
    return c.json({ rows: rows.map(teamRowJson) }, 200);
  });

  app.openapi({ ...ofClass, middleware: guard.signedIn(ofClass) }, async (c) => {
    const { principal } = c.var;
    const { span, cursor, limit } = c.req.valid("query");
    const page = await boards.ofClass(principal, c.req.valid("param").class_id, span, cursor ?? null, limit);
    return c.json({ rows: page.rows.map((row) => boardRowJson(row, principal.userId)), next: page.next }, 200);
  });

  return app;
}
