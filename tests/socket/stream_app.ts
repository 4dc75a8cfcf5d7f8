/** The routes of streams as the app serves them, for tests that hand out tokens of their own. */
import { OpenAPIHono } from "@hono/zod-openapi";
import type { Authentication } from "../../src/http/authenticate.ts";
import { Guard } from "../../src/http/guard.ts";
import type { User } from "../../src/http/ports.ts";
import { ProblemError, problemResponse } from "../../src/http/problem.ts";
import type { OpenEnv } from "../../src/http/request_env.ts";
import { type StreamDoor, streamRoutes } from "../../src/http/routes/stream_routes.ts";
import type { VerifyAccess } from "../../src/http/socket/connection.ts";

const USER: User = {
  id: "",
  username: "",
  email: "someone@school.example",
  role: "student",
  createdAtMs: 0,
  isActive: true,
  tokensValidFromMs: 0,
};

/** `verifyAccess` says who asks; all come from `address`. */
export function streamApp(streams: StreamDoor, verifyAccess: VerifyAccess, address: string): OpenAPIHono<OpenEnv> {
  const authenticator = {
    async authenticate(token: string): Promise<Authentication> {
      const access = await verifyAccess(token);
      if (access === "invalid_token" || access === "account_inactive") return { kind: "refused", code: access };
      const { principal, expiresAtMs } = access;
      const user = { ...USER, id: principal.userId, username: principal.userId, role: principal.role };
      return { kind: "signed_in", identity: { principal, user, expiresAtMs } };
    },
  };
  const app = new OpenAPIHono<OpenEnv>();
  app.onError((error, c) => {
    if (error instanceof ProblemError) return problemResponse(c, error.problem, c.var.requestId);
    throw error;
  });
  app.use(async (c, next) => {
    c.set("requestId", crypto.randomUUID());
    c.set("clientAddress", address);
    await next();
  });
  return app.route("/api/v1", streamRoutes(streams, new Guard(authenticator, null, 5_000)));
}
