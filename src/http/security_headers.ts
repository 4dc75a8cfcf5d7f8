/** Headers that keep a browser from doing more with an answer than it is for. */
import type { MiddlewareHandler } from "hono";

export const SECURITY_HEADERS: { readonly [name: string]: string } = {
  // An API's answers run nothing; pages that do set their own policy, which is kept.
  "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "strict-transport-security": "max-age=31536000",
  "permissions-policy": "camera=(self), microphone=(), geolocation=()",
  "cache-control": "no-store",
};

export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  // An upgraded response is the runtime's own and takes no change.
  if (c.res.status === 101) return;
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
    if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  }
};
