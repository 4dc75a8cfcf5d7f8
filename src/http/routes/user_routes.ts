/** `/users`: accounts, for administrators. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { ADMINS, only } from "../access_rules.ts";
import type { Accounts } from "../accounts.ts";
import { registrationSchema, userChangeSchema, userJson, userSchema } from "../documents/account_schemas.ts";
import { json, jsonBody, pageQuerySchema, pageSchema, personIdSchema } from "../documents/json_content.ts";
import type { Guard } from "../guard.ts";
import type { EmotionRetreat } from "../emotion_retreat.ts";
import type { Users } from "../ports.ts";
import { notFound } from "../problem.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["users"];
const params = z.object({ user_id: personIdSchema });

const list = createRoute({
  method: "get",
  path: "/users",
  tags,
  summary: "List accounts",
  ...only(ADMINS),
  request: { query: pageQuerySchema },
  responses: { 200: json(pageSchema(userSchema), "A page of accounts") },
});

const create = createRoute({
  method: "post",
  path: "/users",
  tags,
  summary: "Make an account of any role",
  ...only(ADMINS),
  request: { body: jsonBody(registrationSchema) },
  responses: { 201: json(userSchema, "The new account") },
});

const get = createRoute({
  method: "get",
  path: "/users/{user_id}",
  tags,
  summary: "One account",
  ...only(ADMINS),
  request: { params },
  responses: { 200: json(userSchema, "The account") },
});

const change = createRoute({
  method: "patch",
  path: "/users/{user_id}",
  tags,
  summary: "Activate, deactivate, or give a role",
  description:
    "A deactivated account is out at once: its tokens have ended, also when it is activated again, and its " +
    "sockets close.",
  ...only(ADMINS),
  request: { params, body: jsonBody(userChangeSchema) },
  responses: { 200: json(userSchema, "The account as it is now") },
});

export interface UserRouteParts {
  readonly accounts: Accounts;
  readonly users: Users;
  readonly emotionRetreat: Pick<EmotionRetreat, "forget">;
}

export function userRoutes({ accounts, users, emotionRetreat }: UserRouteParts, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...list, middleware: guard.signedIn(list) }, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const page = await users.list(cursor ?? null, limit);
    return c.json({ rows: page.rows.map(userJson), next: page.next }, 200);
  });

  app.openapi({ ...create, middleware: guard.signedIn(create) }, async (c) => {
    const user = await accounts.create(c.req.valid("json"));
    c.header("location", `/api/v1/users/${user.id}`);
    return c.json(userJson(user), 201);
  });

  app.openapi({ ...get, middleware: guard.signedIn(get) }, async (c) => {
    const user = await users.byId(c.req.valid("param").user_id);
    if (!user) throw notFound();
    return c.json(userJson(user), 200);
  });

  app.openapi({ ...change, middleware: guard.signedIn(change) }, async (c) => {
    const { user_id } = c.req.valid("param");
    const { is_active, role } = c.req.valid("json");
    let user = role === undefined ? null : await accounts.setRole(c.var.principal, user_id, role);
    if (is_active !== undefined) user = await accounts.setActive(c.var.principal, user_id, is_active);
    if (!user) throw notFound();
    // The history went with the activity; what live sessions hold in memory goes too (M9).
    if (is_active === false) await emotionRetreat.forget(user.id);
    return c.json(userJson(user), 200);
  });

  return app;
}
