/** The door of every route: who asks, how often, and whether that is allowed; the body is read only after that. */
import type { Context, MiddlewareHandler } from "hono";
import type { AccessRule } from "./access_rules.ts";
import { type Authenticator, bearerToken } from "./authenticate.ts";
import { limitBody } from "./body_limit.ts";
import { addressKey } from "./client_address.ts";
import { problem } from "./problem.ts";
import { type RateClass, rateHeaders, type RateLimits } from "./rate_limit.ts";
import type { OpenEnv, SignedInEnv } from "./request_env.ts";

export class Guard {
  /** Without `limits` nothing is counted: for development, never for production. */
  constructor(
    private readonly authenticator: Pick<Authenticator, "authenticate">,
    private readonly limits: RateLimits | null,
    private readonly bodyReadMsMax: number,
  ) {}

  /** For routes anyone may use: counted by address; a good token is noted, a bad one is as good as none. */
  open(rule: AccessRule): MiddlewareHandler<OpenEnv> {
    return async (c, next) => {
      await this.#count(c, rule["x-rate-class"], `address:${addressKey(c.var.clientAddress)}`);
      const token = bearerToken(c.req.header("authorization"));
      const outcome = token === null ? null : await this.authenticator.authenticate(token);
      c.set("identity", outcome?.kind === "signed_in" ? outcome.identity : null);
      await this.#takeIn(c, rule);
      await next();
    };
  }

  /** For routes of named roles: counted by person; failed tries by address. */
  signedIn(rule: AccessRule): MiddlewareHandler<SignedInEnv> {
    const roles = rule["x-access"];
    return async (c, next) => {
      const token = bearerToken(c.req.header("authorization"));
      const outcome = token === null ? null : await this.authenticator.authenticate(token);
      if (outcome?.kind !== "signed_in") {
        await this.#count(c, rule["x-rate-class"], `address:${addressKey(c.var.clientAddress)}`);
        if (outcome === null) throw problem("not_authenticated", "Send `Authorization: Bearer` and an access token.");
        throw outcome.code === "account_inactive"
          ? problem("account_inactive", "This account has been deactivated; ask an administrator.")
          : problem("invalid_token", "The token is expired or not one of this server's; refresh it or log in.");
      }
      const { identity } = outcome;
      await this.#count(c, rule["x-rate-class"], `user:${identity.user.id}`);
      if (roles !== "public" && !roles.includes(identity.principal.role)) {
        throw problem("forbidden", `This is for ${roles.join(" and ")} accounts.`);
      }
      c.set("identity", identity);
      c.set("principal", identity.principal);
      c.set("user", identity.user);
      await this.#takeIn(c, rule);
      await next();
    };
  }

  /** The request's own text, once it is clear whose it is. */
  async #takeIn(c: Context, rule: AccessRule): Promise<void> {
    // No id, cursor or filter holds a NUL character, and no database takes one.
    if (c.req.url.includes("%00")) {
      throw problem("validation_failed", "No part of the address may hold a NUL character.", {
        errors: [{ path: "", message: "holds a NUL character" }],
      });
    }
    await limitBody(c.req, { bytesMax: rule["x-body-bytes-max"], readMsMax: this.bodyReadMsMax });
  }

  /** Counts a request that no route is there for; throws when there are too many. */
  async countStranger(c: Context<OpenEnv>): Promise<void> {
    await this.#count(c, "standard", `address:${addressKey(c.var.clientAddress)}`);
  }

  async #count(c: Context, rateClass: RateClass, key: string): Promise<void> {
    if (this.limits === null) return;
    const standing = await this.limits.consume(rateClass, key);
    for (const [name, value] of Object.entries(rateHeaders(rateClass, standing))) c.header(name, value);
    if (standing.allowed) return;
    const { requestsMax, windowS } = standing.rule;
    throw problem("too_many_requests", `More than ${requestsMax} requests in ${windowS} seconds; wait and try again.`, {
      retryAfterMs: standing.resetMs,
    });
  }
}
