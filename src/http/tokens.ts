/** Access tokens: short-lived HS256 JWTs that name a person and nothing secret. */
import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import type { Principal } from "../domain/principal.ts";

export interface TokenSettings {
  /** At least 32 characters; from the settings. */
  readonly secret: string;
  readonly issuer: string;
  readonly audience: string;
  readonly accessLifetimeMs: number;
  readonly refreshLifetimeMs: number;
}

export const TOKEN_LIFETIMES = {
  accessLifetimeMs: 3_600_000,
  refreshLifetimeMs: 30 * 24 * 3_600_000,
} as const;

export interface VerifiedToken {
  readonly principal: Principal;
  readonly tokenId: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

const claimsSchema = z.object({
  sub: z.string().min(1),
  role: z.enum(["student", "teacher", "admin"]),
  jti: z.string().min(1),
  iat: z.number(),
  exp: z.number(),
});

/** Beyond it the longest remembered token is verified anew. */
const VERIFIED_KEPT_MAX = 20_000;

export class AccessTokens {
  readonly #key: Uint8Array;
  /** Tokens whose signature and claims were found good, longest remembered first; their end is judged at each use. */
  readonly #verified = new Map<string, VerifiedToken>();

  constructor(readonly settings: TokenSettings, private readonly clock: { nowMs(): number }) {
    this.#key = new TextEncoder().encode(settings.secret);
  }

  /** A token that counts from `validFromMs` on, the end of the account's earlier ones, if that is not yet. */
  sign(principal: Principal, tokenId: string, validFromMs: number): Promise<string> {
    const nowMs = this.clock.nowMs();
    // RFC 7519 lets a NumericDate have a fraction: an end of tokens has to tell those of one second apart.
    const issuedAtS = Math.max(nowMs, validFromMs) / 1000;
    return new SignJWT({ role: principal.role })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setIssuer(this.settings.issuer)
      .setAudience(this.settings.audience)
      .setSubject(principal.userId)
      .setJti(tokenId)
      .setIssuedAt(issuedAtS)
      .setExpirationTime(Math.floor((nowMs + this.settings.accessLifetimeMs) / 1000))
      .sign(this.#key);
  }

  /** The claims of a token that was verified before and has not ended; null says nothing but that it has to be verified. */
  recall(token: string): VerifiedToken | null {
    const verified = this.#verified.get(token);
    if (verified === undefined) return null;
    if (this.clock.nowMs() < verified.expiresAtMs) return verified;
    this.#verified.delete(token);
    return null;
  }

  /** The token's claims, or null when it is forged, expired, meant for others or not one of ours. */
  async verify(token: string): Promise<VerifiedToken | null> {
    const known = this.recall(token);
    if (known !== null) return known;
    const verified = await this.#check(token);
    if (verified === null) return null;
    this.#verified.set(token, verified);
    const [oldest] = this.#verified.keys();
    if (this.#verified.size > VERIFIED_KEPT_MAX && oldest !== undefined) this.#verified.delete(oldest);
    return verified;
  }

  async #check(token: string): Promise<VerifiedToken | null> {
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: ["HS256"],
        issuer: this.settings.issuer,
        audience: this.settings.audience,
        requiredClaims: ["sub", "jti", "exp", "iat"],
        currentDate: new Date(this.clock.nowMs()),
      });
      const claims = claimsSchema.safeParse(payload);
      if (!claims.success) return null;
      const { sub, role, jti, iat, exp } = claims.data;
      const issuedAtMs = Math.round(iat * 1000);
      return { principal: { userId: sub, role }, tokenId: jti, issuedAtMs, expiresAtMs: exp * 1000 };
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }
}
