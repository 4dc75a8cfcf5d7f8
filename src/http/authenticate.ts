/** From an access token to a person who may act now; shared by REST and sockets. */
import type { Principal } from "../domain/principal.ts";
import type { ActiveUsers } from "./active_users.ts";
import type { User } from "./ports.ts";
import type { AccessTokens, VerifiedToken } from "./tokens.ts";

export interface Identity {
  /** Role as stored now, not as it was when the token was made. */
  readonly principal: Principal;
  readonly user: User;
  readonly expiresAtMs: number;
}

export type RefusedToken = "invalid_token" | "account_inactive";

export type Authentication =
  | { readonly kind: "signed_in"; readonly identity: Identity }
  | { readonly kind: "refused"; readonly code: RefusedToken };

/** Checks tokens against the accounts as they are now (A3). */
export class Authenticator {
  constructor(private readonly tokens: AccessTokens, private readonly activeUsers: ActiveUsers) {}

  async authenticate(token: string): Promise<Authentication> {
    const verified = await this.tokens.verify(token);
    if (!verified) return { kind: "refused", code: "invalid_token" };
    const user = await this.activeUsers.byId(verified.principal.userId);
    if (!user) return { kind: "refused", code: "invalid_token" };
    return judge(verified, user);
  }

  /** The person, when token and account are known in memory as they are now; null: {@link authenticate} has to say. */
  recall(token: string): Identity | null {
    const verified = this.tokens.recall(token);
    const user = verified === null ? null : this.activeUsers.recall(verified.principal.userId);
    if (verified === null || user === null) return null;
    const outcome = judge(verified, user);
    return outcome.kind === "signed_in" ? outcome.identity : null;
  }

  /** For the socket's `hello`: the person and when the token ends, or why there is nobody. */
  async verifyAccess(token: string): Promise<{ principal: Principal; expiresAtMs: number } | RefusedToken> {
    const outcome = await this.authenticate(token);
    if (outcome.kind === "refused") return outcome.code;
    return { principal: outcome.identity.principal, expiresAtMs: outcome.identity.expiresAtMs };
  }
}

/** What a good token is worth, by the account as it is. */
function judge({ issuedAtMs, expiresAtMs }: VerifiedToken, user: User): Authentication {
  if (!user.isActive) return { kind: "refused", code: "account_inactive" };
  if (issuedAtMs < user.tokensValidFromMs) return { kind: "refused", code: "invalid_token" };
  return { kind: "signed_in", identity: { principal: { userId: user.id, role: user.role }, user, expiresAtMs } };
}

/** The token of an `Authorization: Bearer …` header; null when the header is absent or of another scheme. */
export function bearerToken(header: string | undefined): string | null {
  return header?.match(/^Bearer +([A-Za-z0-9._~+/=-]{1,4096})$/i)?.[1] ?? null;
}
