/** Which pages of other origins may use the API (H3). */
import type { Context, MiddlewareHandler } from "hono";
import type { OpenEnv } from "./request_env.ts";

const PREFLIGHT_LIFETIME_S = 600;
const METHODS = "GET, POST, PUT, PATCH, DELETE";
const REQUEST_HEADERS = "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID";
const RESPONSE_HEADERS = "ETag, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id";

/**
 * CORS headers for the listed origins, and none at all for others; `*` stands for any, which production settings
 * refuse. Nothing here carries cookies, so credentials are never allowed. Preflights reach no route, so `count` counts
 * them; it throws when there are too many.
 */
export function corsFor(
  origins: readonly string[],
  count: (c: Context<OpenEnv>) => Promise<void>,
): MiddlewareHandler<OpenEnv> {
  const allowed = new Set(origins);
  return async (c, next) => {
    const origin = c.req.header("origin");
    const known = origin !== undefined && (allowed.has(origin) || allowed.has("*"));
    if (known && c.req.method === "OPTIONS" && c.req.header("access-control-request-method") !== undefined) {
      await count(c);
      return c.body(null, 204, {
        "access-control-allow-origin": origin,
        "access-control-allow-methods": METHODS,
        "access-control-allow-headers": REQUEST_HEADERS,
        "access-control-max-age": String(PREFLIGHT_LIFETIME_S),
        vary: "Origin",
      });
    }
    c.header("vary", "Origin", { append: true });
    if (known) {
      c.header("access-control-allow-origin", origin);
      c.header("access-control-expose-headers", RESPONSE_HEADERS);
    }
    await next();
  };
}
