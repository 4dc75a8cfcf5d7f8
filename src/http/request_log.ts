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

/** A request that has begun: its name, and whose it is. */
interface Begun {
  readonly requestId: string;
  readonly address: string;
  readonly beganMs: number;
}

interface Ended {
  readonly method: string;
  /** The pattern, never the path itself. */
  readonly route: string;
  readonly status: number;
  readonly userId: string | null;
}

function peerAddress(remote: Deno.Addr): string {
  return remote.transport === "tcp" ? remote.hostname : "local";
}

export class RequestLog {
  constructor(private readonly parts: RequestLogParts) {}

  begin(remote: Deno.Addr, forwardedFor: string | undefined): Begun {
    const { clock, randomBytes, trustedProxies } = this.parts;
    const beganMs = clock.nowMs();
    const requestId = uuidV7(beganMs, randomBytes);
    return { requestId, address: clientAddress(peerAddress(remote), forwardedFor, trustedProxies), beganMs };
  }

  end({ requestId, address, beganMs }: Begun, { method, route, status, userId }: Ended): void {
    const { clock, metrics, log } = this.parts;
    const ms = clock.nowMs() - beganMs;
    metrics.request(method, route, status, ms / 1000);
    log.write("info", "request", { request_id: requestId, method, route, status, ms, user: userId, client: address });
  }
}

/** Names the request, finds out whose it is, and writes it down when it is answered. */
export function logRequests(requests: RequestLog): MiddlewareHandler<OpenEnv> {
  return async (c, next) => {
    const begun = requests.begin(c.env.remoteAddr, c.req.header("x-forwarded-for"));
    c.set("requestId", begun.requestId);
    c.set("clientAddress", begun.address);
    c.header("x-request-id", begun.requestId);
    await next();
    // An unknown path is the caller's text: it is not written, and is one route to the metrics.
    const matched = routePath(c, -1);
    const route = matched === "*" || matched === "/*" ? "unknown" : matched;
    const userId = c.var.identity?.user.id ?? null;
    requests.end(begun, { method: c.req.method, route, status: c.res.status, userId });
  };
}
