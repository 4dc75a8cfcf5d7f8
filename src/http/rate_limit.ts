/** How often one person or address may ask (H2), counted in memory on this node. */
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

export interface RateRule {
  readonly requestsMax: number;
  readonly windowS: number;
}

/**
 * Classrooms sit behind one address: rules by address leave room for a school signing in at nine, guessing at one
 * account is slowed by `login_account`, which counts an account name and an address together.
 */
export const DEFAULT_RATE_RULES = {
  standard: { requestsMax: 600, windowS: 60 },
  probe: { requestsMax: 600, windowS: 60 },
  // A page that reads a camera is some thirty files, and a school opens it from one address.
  page: { requestsMax: 12_000, windowS: 60 },
  login: { requestsMax: 240, windowS: 60 },
  login_account: { requestsMax: 10, windowS: 300 },
  register: { requestsMax: 120, windowS: 600 },
  refresh: { requestsMax: 240, windowS: 60 },
  password: { requestsMax: 10, windowS: 300 },
  // A class's code has seven characters: whoever mistypes has tries enough, whoever guesses has not.
  join: { requestsMax: 20, windowS: 300 },
  authoring: { requestsMax: 60, windowS: 60 },
  emotion: { requestsMax: 30, windowS: 60 },
  // Upgrades by address, with one more for each token refused on a socket: a large school comes back in a minute.
  socket: { requestsMax: 2_400, windowS: 60 },
  // Of a stream: a client sends what has gathered, then waits for the answer.
  frames: { requestsMax: 2_400, windowS: 60 },
} as const satisfies { readonly [name: string]: RateRule };

export type RateClass = keyof typeof DEFAULT_RATE_RULES;
export type RateRules = { readonly [name in RateClass]: RateRule };

export interface RateStanding {
  readonly allowed: boolean;
  readonly rule: RateRule;
  readonly remaining: number;
  readonly resetMs: number;
}

export class RateLimits {
  readonly #limiters: { readonly [name in RateClass]: RateLimiterMemory };

  constructor(private readonly rules: RateRules) {
    const limiter = (name: RateClass) =>
      new RateLimiterMemory({
        keyPrefix: name,
        points: rules[name].requestsMax,
        duration: rules[name].windowS,
      });
    this.#limiters = {
      standard: limiter("standard"),
      probe: limiter("probe"),
      page: limiter("page"),
      login: limiter("login"),
      login_account: limiter("login_account"),
      register: limiter("register"),
      refresh: limiter("refresh"),
      password: limiter("password"),
      join: limiter("join"),
      authoring: limiter("authoring"),
      emotion: limiter("emotion"),
      socket: limiter("socket"),
      frames: limiter("frames"),
    };
  }

  /** Counts one request of `key` and tells how it stands. */
  async consume(name: RateClass, key: string): Promise<RateStanding> {
    const rule = this.rules[name];
    try {
      const { remainingPoints, msBeforeNext } = await this.#limiters[name].consume(key);
      return { allowed: true, rule, remaining: remainingPoints, resetMs: msBeforeNext };
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      return { allowed: false, rule, remaining: 0, resetMs: error.msBeforeNext };
    }
  }

  /** Forgets what was counted for `key`. */
  async forget(name: RateClass, key: string): Promise<void> {
    await this.#limiters[name].delete(key);
  }
}

/** Header values of draft-ietf-httpapi-ratelimit-headers: the rule, and what is left of it. */
export function rateHeaders(name: RateClass, standing: RateStanding): { readonly [header: string]: string } {
  const { rule, remaining, resetMs } = standing;
  return {
    "ratelimit-policy": `"${name}";q=${rule.requestsMax};w=${rule.windowS}`,
    "ratelimit": `"${name}";r=${remaining};t=${Math.ceil(resetMs / 1000)}`,
  };
}
