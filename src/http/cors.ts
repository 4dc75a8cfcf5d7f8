/** Which pages of other origins may use the API (H3). */
import type { MiddlewareHandler } from "hono";

const PREFLIGHT_LIFETIME_S = 600;
const METHODS = "GET, POST, PUT, PATCH, DELETE";
const REQUEST_HEADERS = "Authorization, Content-Type, Idempotency-Key, If-Match";
const RESPONSE_HEADERS = "ETag, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id";

/**
 * CORS headers for the listed origins, and none at all for others; `*` stands for any, which production settings
 * refuse. Nothing here carries cookies, so credentials are never allowed.
 */
export function corsFor(origins: readonly string[]): MiddlewareHandler {
  const allowed = new Set(origins);
  return async (c, next) => {
    const origin = c.req.header("origin");
    const known = origin !== undefined && (allowed.has(origin) || allowed.has("*"));
    if (known && c.req.method === "OPTIONS" && c.req.header("access-control-request-method") !== undefined) {
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
