/** `/live`, `/ready` and `/metrics`: what an orchestrator and an operator ask (H4). */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { open } from "../access_rules.ts";
import { bearerToken } from "../authenticate.ts";
import { json } from "../documents/json_content.ts";
import { secretHash } from "../identifiers.ts";
import type { Guard } from "../guard.ts";
import type { Metrics } from "../metrics.ts";
import type { Readiness } from "../ports.ts";
import { problem } from "../problem.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const tags = ["operations"];
const partsSchema = z.record(z.string(), z.object({ ok: z.boolean(), detail: z.string() }));
const NOT_READY_RETRY_MS = 5_000;

const live = createRoute({
  method: "get",
  path: "/live",
  tags,
  summary: "Whether the process answers at all",
  ...open("probe"),
  responses: { 200: json(z.object({ status: z.literal("live") }), "It does") },
});

const ready = createRoute({
  method: "get",
  path: "/ready",
  tags,
  summary: "Whether it takes work, and each part's state",
  ...open("probe"),
  responses: { 200: json(z.object({ status: z.literal("ready"), parts: partsSchema }), "It does") },
});

const metricsText = createRoute({
  method: "get",
  path: "/metrics",
  tags,
  summary: "Measurements for Prometheus",
  description: "Where the server has a metrics token, it is asked for as a bearer token.",
  ...open("probe"),
  responses: { 200: { description: "Prometheus text", content: { "text/plain": { schema: z.string() } } } },
});

/** Compared by hash: how far two hashes agree tells nothing about the token. */
async function sameSecret(given: string, expected: string): Promise<boolean> {
  return await secretHash(given) === await secretHash(expected);
}

export function healthRoutes(
  readiness: Readiness,
  metrics: Metrics,
  metricsToken: string | null,
  guard: Guard,
): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...live, middleware: guard.open(live) }, (c) => c.json({ status: "live" as const }, 200));

  app.openapi({ ...ready, middleware: guard.open(ready) }, async (c) => {
    const parts = await readiness.check();
    const failing = Object.entries(parts).filter(([, part]) => !part.ok).map(([name]) => name);
    if (failing.length > 0) {
      throw problem("not_ready", `Not ready: ${failing.join(", ")}.`, {
        members: { parts },
        retryAfterMs: NOT_READY_RETRY_MS,
      });
    }
    return c.json({ status: "ready" as const, parts }, 200);
  });

  app.openapi({ ...metricsText, middleware: guard.open(metricsText) }, async (c) => {
    const token = bearerToken(c.req.header("authorization"));
    if (metricsToken !== null && (token === null || !await sameSecret(token, metricsToken))) {
      throw problem("not_authenticated", "Send the metrics token as a bearer token.");
    }
    return c.text(await metrics.text(), 200, { "content-type": metrics.contentType });
  });

  return app;
}
