/** `/auth`: becoming and staying signed in. */
import { createRoute, OpenAPIHono, type z } from "@hono/zod-openapi";
import { EVERYONE_SIGNED_IN, only, open } from "../access_rules.ts";
import type { Accounts, TokenPair } from "../accounts.ts";
import {
  loginSchema,
  passwordChangeSchema,
  refreshSchema,
  registrationSchema,
  tokensSchema,
  userJson,
  userSchema,
} from "../documents/account_schemas.ts";
import { json, jsonBody } from "../documents/json_content.ts";
import type { Guard } from "../guard.ts";
import { problem } from "../problem.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid, refuseMissingCredentials } from "../validation.ts";

const tags = ["auth"];

const register = createRoute({
  method: "post",
  path: "/auth/register",
  tags,
  summary: "Make an account",
  description: "Anyone may make a student account; an administrator makes teachers and administrators.",
  ...open("register"),
  request: { body: jsonBody(registrationSchema) },
  responses: { 201: json(userSchema, "The new account") },
});

const logIn = createRoute({
  method: "post",
  path: "/auth/login",
  tags,
  summary: "Log in with a username or an email",
  ...open("login"),
  request: { body: jsonBody(loginSchema) },
  responses: { 200: json(tokensSchema, "Tokens") },
});

const refresh = createRoute({
  method: "post",
  path: "/auth/refresh",
  tags,
  summary: "Spend a refresh token for new tokens",
  description: "A refresh token works once; using it again ends the login it belongs to.",
  ...open("refresh"),
  request: { body: jsonBody(refreshSchema) },
  responses: { 200: json(tokensSchema, "Tokens") },
});

const logOut = createRoute({
  method: "post",
  path: "/auth/logout",
  tags,
  summary: "End the login a refresh token belongs to",
  ...open("refresh"),
  request: { body: jsonBody(refreshSchema) },
  responses: { 204: { description: "Ended" } },
});

const me = createRoute({
  method: "get",
  path: "/auth/me",
  tags,
  summary: "The account that asks",
  ...only(EVERYONE_SIGNED_IN),
  responses: { 200: json(userSchema, "The account") },
});

const changePassword = createRoute({
  method: "post",
  path: "/auth/password",
  tags,
  summary: "Change the password",
  description: "Ends every other login of the account at once: refresh tokens, access tokens and open sockets.",
  ...only(EVERYONE_SIGNED_IN, "password"),
  request: { body: jsonBody(passwordChangeSchema) },
  responses: { 200: json(tokensSchema, "Tokens of the one login that is left") },
});

export function authRoutes(accounts: Accounts, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  function tokensJson(pair: TokenPair): z.infer<typeof tokensSchema> {
    return {
      access_token: pair.accessToken,
      token_type: "Bearer",
      expires_in: accounts.lifetimes.accessLifetimeMs / 1000,
      refresh_token: pair.refreshToken,
      refresh_expires_in: accounts.lifetimes.refreshLifetimeMs / 1000,
      user: userJson(pair.user),
    };
  }

  app.openapi({ ...register, middleware: guard.open(register) }, async (c) => {
    const account = c.req.valid("json");
    if (account.role !== "student" && c.var.identity?.principal.role !== "admin") {
      throw problem("forbidden", "Teacher and administrator accounts are made by an administrator.");
    }
    return c.json(userJson(await accounts.create(account)), 201);
  });

  app.openapi({ ...logIn, middleware: guard.open(logIn) }, async (c) => {
    const { username, email, password } = c.req.valid("json");
    return c.json(tokensJson(await accounts.logIn(username ?? email ?? "", password, c.var.clientAddress)), 200);
  }, refuseMissingCredentials);

  app.openapi({ ...refresh, middleware: guard.open(refresh) }, async (c) => {
    return c.json(tokensJson(await accounts.refresh(c.req.valid("json").refresh_token)), 200);
  }, refuseMissingCredentials);

  app.openapi({ ...logOut, middleware: guard.open(logOut) }, async (c) => {
    await accounts.logOut(c.req.valid("json").refresh_token);
    return c.body(null, 204);
  }, refuseMissingCredentials);

  app.openapi({ ...me, middleware: guard.signedIn(me) }, (c) => c.json(userJson(c.var.user), 200));

  app.openapi({ ...changePassword, middleware: guard.signedIn(changePassword) }, async (c) => {
    const { current_password, new_password } = c.req.valid("json");
    return c.json(tokensJson(await accounts.changePassword(c.var.user, current_password, new_password)), 200);
  });

  return app;
}
