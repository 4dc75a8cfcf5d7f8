/** One line and one measurement for every request: its route, its status, its time; no query, body or token (A5). */
import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { clientAddress } from "./client_address.ts";
import type { EdgeLog } from "./edge_log.ts";
import { type RandomBytes, uuidV7 } from "./identifiers.ts";
import type { Metrics } from "./metrics.ts";
import type { OpenEnv } from "./request_env.ts";

export interface RequestLogParts {
  readonly log: EdgeLog;
  readonly metrics: Metrics;
  readonly clock: { nowMs(): number };
  readonly randomBytes: RandomBytes;
  readonly trustedProxies: number;
}

function peerAddress(remote: Deno.Addr): string {
  return remote.transport === "tcp" ? remote.hostname : "local";
}

/** Names the request, finds out whose it is, and writes it down when it is answered. */
export function requestLog(parts: RequestLogParts): MiddlewareHandler<OpenEnv> {
  const { log, metrics, clock, randomBytes, trustedProxies } = parts;
  return async (c, next) => {
    const beganMs = clock.nowMs();
    const requestId = uuidV7(beganMs, randomBytes);
    const address = clientAddress(peerAddress(c.env.remoteAddr), c.req.header("x-forwarded-for"), trustedProxies);
    c.set("requestId", requestId);
    c.set("clientAddress", address);
    c.header("x-request-id", requestId);
    await next();
    const { method } = c.req;
    const ms = clock.nowMs() - beganMs;
    const { status } = c.res;
    // An unknown path is the caller's text: it is not written, and is one route to the metrics.
    const matched = routePath(c, -1);
    const route = matched === "*" || matched === "/*" ? "unknown" : matched;
    metrics.request(method, route, status, ms / 1000);
    const user = c.var.identity?.user.id ?? null;
    log.write("info", "request", { request_id: requestId, method, route, status, ms, user, client: address });
  };
}
