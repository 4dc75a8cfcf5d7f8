/** Refresh tokens by hash; a family is one login, and is revoked whole. */
import type { Kysely } from "kysely";
import type { RefreshTokens } from "../http/ports.ts";
import type { Tables } from "./tables.ts";

type Rotation = Awaited<ReturnType<RefreshTokens["rotate"]>>;

export class PostgresRefreshTokens implements RefreshTokens {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async issue(token: { hash: string; family: string; userId: string; expiresAtMs: number }): Promise<void> {
    const { hash, family, userId, expiresAtMs } = token;
    await this.#db.transaction().execute(async (tx) => {
      await tx.insertInto("refresh_family").values({ family, user_id: userId, is_revoked: false })
        .onConflict((conflict) => conflict.column("family").doNothing()).execute();
      await tx.insertInto("refresh_token").values({ hash, family, expires_at_ms: expiresAtMs, is_spent: false })
        .execute();
    });
  }

  /** Two at once with the same token: one is rotated, the other finds it spent and revokes the family. */
  async rotate(hash: string, nextHash: string, expiresAtMs: number, nowMs: number): Promise<Rotation> {
    return await this.#db.transaction().execute(async (tx): Promise<Rotation> => {
      const token = await tx.selectFrom("refresh_token as t").innerJoin("refresh_family as f", "f.family", "t.family")
        .select(["t.family", "f.user_id", "t.is_spent"])
        .where("t.hash", "=", hash).where("t.expires_at_ms", ">", nowMs).where((where) =>
          where.not(where.ref("f.is_revoked"))
        )
        .forUpdate().executeTakeFirst();
      if (token === undefined) return { kind: "unknown" };
      const { family, user_id: userId } = token;
      if (token.is_spent) {
        await tx.updateTable("refresh_family").set({ is_revoked: true }).where("family", "=", family).execute();
        return { kind: "reused", userId, family };
      }
      await tx.updateTable("refresh_token").set({ is_spent: true }).where("hash", "=", hash).execute();
      await tx.insertInto("refresh_token")
        .values({ hash: nextHash, family, expires_at_ms: expiresAtMs, is_spent: false }).execute();
      await tx.deleteFrom("refresh_token").where("family", "=", family).where("expires_at_ms", "<=", nowMs).execute();
      return { kind: "rotated", userId, family };
    });
  }

  /** Revokes the family that the token belongs to; nothing when it is unknown. */
  async revokeFamily(hash: string): Promise<void> {
    await this.#db.updateTable("refresh_family").set({ is_revoked: true })
      .where("family", "=", (of) => of.selectFrom("refresh_token").select("family").where("hash", "=", hash))
      .execute();
  }

  async revokeUser(userId: string): Promise<void> {
    await this.#db.updateTable("refresh_family").set({ is_revoked: true }).where("user_id", "=", userId).execute();
  }
}
