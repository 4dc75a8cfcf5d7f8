/** Badges issued as credentials, what was revoked of them, and the public keys that signed them. */
import type { Kysely } from "kysely";
import type { CredentialRecord, Revocation } from "../domain/rewards/credential_record.ts";
import type { Credentials, Page } from "../http/ports.ts";
import { numberPosition, pageOf } from "./cursor.ts";
import type { CredentialTable, Tables } from "./tables.ts";

function recordOf(row: CredentialTable): CredentialRecord {
  const { revoked_at_ms, revoked_by, revocation_reason } = row;
  return {
    id: row.id,
    learnerId: row.learner_id,
    badgeId: row.badge_id,
    awardedAtMs: row.awarded_at_ms,
    issuedAtMs: row.issued_at_ms,
    revocation: revoked_at_ms === null || revoked_by === null || revocation_reason === null
      ? null
      : { atMs: revoked_at_ms, byUserId: revoked_by, reason: revocation_reason },
  };
}

export class PostgresCredentials implements Credentials {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async record(credential: Omit<CredentialRecord, "revocation">): Promise<CredentialRecord> {
    const { id, learnerId, badgeId, awardedAtMs, issuedAtMs } = credential;
    await this.#db.insertInto("credential").values({
      id,
      learner_id: learnerId,
      badge_id: badgeId,
      awarded_at_ms: awardedAtMs,
      issued_at_ms: issuedAtMs,
      revoked_at_ms: null,
      revoked_by: null,
      revocation_reason: null,
    }).onConflict((conflict) => conflict.columns(["learner_id", "badge_id"]).doNothing()).execute();
    return recordOf(
      await this.#db.selectFrom("credential").selectAll()
        .where("learner_id", "=", learnerId).where("badge_id", "=", badgeId).executeTakeFirstOrThrow(),
    );
  }

  async byId(id: string): Promise<CredentialRecord | null> {
    const row = await this.#db.selectFrom("credential").selectAll().where("id", "=", id).executeTakeFirst();
    return row === undefined ? null : recordOf(row);
  }

  /** Throws BadCursorError. */
  async list(learnerId: string, cursor: string | null, limit: number): Promise<Page<CredentialRecord>> {
    const after = cursor === null ? null : numberPosition(cursor);
    let query = this.#db.selectFrom("credential").selectAll().where("learner_id", "=", learnerId);
    if (after !== null) {
      query = query.where((where) =>
        where(where.refTuple("issued_at_ms", "id"), "<", where.tuple(after.key, after.id))
      );
    }
    const rows = await query.orderBy("issued_at_ms", "desc").orderBy("id", "desc").limit(limit + 1).execute();
    return pageOf(rows.map(recordOf), limit, ({ issuedAtMs, id }) => ({ key: issuedAtMs, id }));
  }

  async revoke(id: string, { atMs, byUserId, reason }: Revocation): Promise<CredentialRecord | null> {
    await this.#db.updateTable("credential")
      .set({ revoked_at_ms: atMs, revoked_by: byUserId, revocation_reason: reason })
      .where("id", "=", id).where("revoked_at_ms", "is", null).execute();
    return await this.byId(id);
  }

  async revoked(): Promise<readonly CredentialRecord[]> {
    const rows = await this.#db.selectFrom("credential").selectAll().where("revoked_at_ms", "is not", null)
      .orderBy("revoked_at_ms").orderBy("id").execute();
    return rows.map(recordOf);
  }

  async publishKey(thumbprint: string, jwk: string, nowMs: number): Promise<void> {
    await this.#db.insertInto("credential_key").values({ thumbprint, jwk, published_at_ms: nowMs })
      .onConflict((conflict) => conflict.column("thumbprint").doNothing()).execute();
  }

  async publishedKeys(): Promise<readonly { readonly thumbprint: string; readonly jwk: string }[]> {
    return await this.#db.selectFrom("credential_key").select(["thumbprint", "jwk"])
      .orderBy("published_at_ms").orderBy("thumbprint").execute();
  }
}
