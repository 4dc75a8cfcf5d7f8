/** What people and administrators do with accounts: register, log in, refresh, leave, change, deactivate. */
import type { Principal, Role } from "../domain/principal.ts";
import type { ActiveUsers } from "./active_users.ts";
import { addressKey } from "./client_address.ts";
import type { EdgeHooks } from "./edge_hooks.ts";
import type { EdgeLog } from "./edge_log.ts";
import { freshSecret, type RandomBytes, secretHash, uuidV7 } from "./identifiers.ts";
import type { Passwords } from "./passwords.ts";
import type { RefreshTokens, User, Users } from "./ports.ts";
import { notFound, problem } from "./problem.ts";
import type { RateLimits } from "./rate_limit.ts";
import type { AccessTokens } from "./tokens.ts";

export interface AccountParts {
  readonly users: Users;
  readonly refreshTokens: RefreshTokens;
  readonly activeUsers: ActiveUsers;
  readonly passwords: Passwords;
  readonly tokens: AccessTokens;
  readonly rateLimits: RateLimits | null;
  readonly hooks: Pick<EdgeHooks, "onDeactivated" | "onTokensEnded" | "onRoleChanged">;
  readonly clock: { nowMs(): number };
  readonly randomBytes: RandomBytes;
  readonly log: EdgeLog;
}

export interface NewAccount {
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly role: Role;
}

/** One sign-in: a token to act with, a token to get the next one, and who they are for. */
export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: User;
}

export class Accounts {
  constructor(private readonly parts: AccountParts) {}

  get lifetimes(): { readonly accessLifetimeMs: number; readonly refreshLifetimeMs: number } {
    return this.parts.tokens.settings;
  }

  /** Makes an active account. Throws the problems `username_taken` and `email_taken`. */
  async create(account: NewAccount): Promise<User> {
    const { users, passwords, clock, randomBytes } = this.parts;
    const createdAtMs = clock.nowMs();
    const { username, email, role } = account;
    const user = { id: uuidV7(createdAtMs, randomBytes), username, email, role, createdAtMs };
    const outcome = await users.create({ ...user, passwordHash: await passwords.hash(account.password) });
    if (outcome === "username_taken") throw problem("username_taken", "Choose another username.");
    if (outcome === "email_taken") throw problem("email_taken", "There is an account with this email address.");
    return { ...user, isActive: true, tokensValidFromMs: 0 };
  }

  /** `login` is a username or an email address. One bcrypt compare whatever is wrong (A1). */
  async logIn(login: string, password: string, clientAddress: string): Promise<TokenPair> {
    const { users, passwords, rateLimits } = this.parts;
    const key = `${addressKey(clientAddress)} ${login.toLowerCase()}`;
    const standing = await rateLimits?.consume("login_account", key);
    if (standing?.allowed === false) {
      throw problem("too_many_requests", "Too many tries for this account; wait a little.", {
        retryAfterMs: standing.resetMs,
      });
    }
    const found = await users.byLogin(login);
    const right = await passwords.matches(password, found?.passwordHash ?? null);
    if (!found || !right) throw problem("invalid_credentials", "The account and the password do not fit together.");
    if (!found.user.isActive) throw inactive();
    await rateLimits?.forget("login_account", key);
    return this.#startFamily(found.user);
  }

  /** Spends a refresh token. One that was spent before revokes every token of its login (A2). */
  async refresh(refreshToken: string): Promise<TokenPair> {
    const { users, refreshTokens, clock, randomBytes, tokens, log } = this.parts;
    const next = freshSecret(randomBytes);
    const nowMs = clock.nowMs();
    const expiresAtMs = nowMs + tokens.settings.refreshLifetimeMs;
    const outcome = await refreshTokens.rotate(
      await secretHash(refreshToken),
      await secretHash(next),
      expiresAtMs,
      nowMs,
    );
    switch (outcome.kind) {
      case "unknown":
        throw problem("invalid_refresh_token", "The refresh token is expired or unknown; log in again.");
      case "reused":
        log.write("warn", "a refresh token was used twice; its login is revoked", { user: outcome.userId });
        throw problem("refresh_token_reused", "This refresh token was used before; for safety, log in again.");
      case "rotated": {
        const user = await users.byId(outcome.userId);
        if (!user?.isActive) {
          await refreshTokens.revokeUser(outcome.userId);
          throw inactive();
        }
        return { accessToken: await this.#accessToken(user), refreshToken: next, user };
      }
    }
  }

  /** Ends one login; an unknown token is as good as ended. */
  async logOut(refreshToken: string): Promise<void> {
    await this.parts.refreshTokens.revokeFamily(await secretHash(refreshToken));
  }

  /** Ends every login of the account, its tokens and sockets with it, and begins one with the new password (A6). */
  async changePassword(user: User, current: string, next: string): Promise<TokenPair> {
    const { users, passwords, refreshTokens, activeUsers, hooks, clock } = this.parts;
    const found = await users.byLogin(user.username);
    if (!(await passwords.matches(current, found?.passwordHash ?? null))) {
      throw problem("invalid_credentials", "The current password is wrong.");
    }
    const changed = await users.setPasswordHash(user.id, await passwords.hash(next), clock.nowMs());
    if (!changed) throw notFound();
    activeUsers.invalidate(user.id);
    hooks.onTokensEnded(user.id);
    await refreshTokens.revokeUser(user.id);
    return this.#startFamily(changed);
  }

  /** Lets an account in or puts it out, everywhere and at once (A3). */
  async setActive(by: Principal, userId: string, isActive: boolean): Promise<User> {
    this.#refuseOwn(by, userId);
    const { users, refreshTokens, activeUsers, hooks, clock } = this.parts;
    const user = await users.setActive(userId, isActive, clock.nowMs());
    if (!user) throw notFound();
    activeUsers.invalidate(userId);
    if (!isActive) {
      hooks.onDeactivated(userId);
      await refreshTokens.revokeUser(userId);
    }
    return user;
  }

  async setRole(by: Principal, userId: string, role: Role): Promise<User> {
    this.#refuseOwn(by, userId);
    const user = await this.parts.users.setRole(userId, role);
    if (!user) throw notFound();
    this.parts.activeUsers.invalidate(userId);
    this.parts.hooks.onRoleChanged(userId);
    return user;
  }

  /** The last administrator cannot lock everybody out by accident. */
  #refuseOwn(by: Principal, userId: string): void {
    if (by.userId === userId) throw problem("own_account", "Another administrator has to change your account.");
  }

  async #startFamily(user: User): Promise<TokenPair> {
    const { refreshTokens, clock, randomBytes, tokens } = this.parts;
    const refreshToken = freshSecret(randomBytes);
    const nowMs = clock.nowMs();
    await refreshTokens.issue({
      hash: await secretHash(refreshToken),
      family: uuidV7(nowMs, randomBytes),
      userId: user.id,
      expiresAtMs: nowMs + tokens.settings.refreshLifetimeMs,
    });
    return { accessToken: await this.#accessToken(user), refreshToken, user };
  }

  #accessToken(user: User): Promise<string> {
    const { clock, randomBytes, tokens } = this.parts;
    const tokenId = uuidV7(clock.nowMs(), randomBytes);
    return tokens.sign({ userId: user.id, role: user.role }, tokenId, user.tokensValidFromMs);
  }
}

function inactive() {
  return problem("account_inactive", "This account has been deactivated; ask an administrator.");
}
