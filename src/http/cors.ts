/** Which pages of other origins may use the API (H3). */
import type { MiddlewareHandler } from "hono";
import { cors } from "hono/cors";

const PREFLIGHT_LIFETIME_S = 600;

/** CORS headers for the listed origins and no others; `*` stands for any, which production settings refuse. */
export function corsFor(origins: readonly string[]): MiddlewareHandler {
  const allowed = new Set(origins);
  return cors({
    origin: (origin) => allowed.has("*") || allowed.has(origin) ? origin : null,
    allowMethods: ["GET", "POST", "PUT", "PATCH", "DELETE"],
    allowHeaders: ["Authorization", "Content-Type", "Idempotency-Key", "If-Match"],
    exposeHeaders: ["ETag", "Location", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id"],
    maxAge: PREFLIGHT_LIFETIME_S,
  });
}
