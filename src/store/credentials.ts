/** Badges issued as credentials, what was revoked of them, and the public keys that signed them. */
import { type Kysely, sql } from "kysely";
import { learnerAddress } from "../domain/learner/messages.ts";
import type { CredentialRecord, Revocation } from "../domain/rewards/credential_record.ts";
import type { RewardEvent } from "../domain/rewards/messages.ts";
import type { Credentials, Page } from "../http/ports.ts";
import { numberPosition, pageOf } from "./cursor.ts";
import type { CredentialTable, Tables } from "./tables.ts";

type BadgeEvent = Extract<RewardEvent, { readonly type: "badge_earned" | "badge_revoked" }>;

/** An event of a learner's journal, where it stands among their others. */
interface Told {
  readonly actor: string;
  readonly atMs: number;
  readonly event: BadgeEvent;
}

/** As the index has them. */
const IS_OF_BADGES = sql<boolean>`type in ('badge_earned', 'badge_revoked')`;

const OF_WHO_LOST_ONE = sql<
  boolean
>`'learner/' || learner_id in (select actor from journal where type = 'badge_revoked')`;

/** The first loss of the badge after the award that the credential stands for. */
function lossOf({ learner_id, badge_id, awarded_at_ms }: CredentialTable, told: readonly Told[]): Revocation | null {
  const actor = learnerAddress(learner_id);
  const own = told.filter((one) => one.actor === actor && one.event.badgeId === badge_id);
  const awarded = own.findIndex(({ atMs, event }) => event.type === "badge_earned" && atMs === awarded_at_ms);
  if (awarded === -1) return null;
  const [loss] = own.slice(awarded).flatMap(({ atMs, event }) =>
    event.type === "badge_revoked" ? [{ code: "badge_lost" as const, atMs, reason: event.reason }] : []
  );
  return loss ?? null;
}

/** What a person revoked was not lost before. */
function recordOf(row: CredentialTable, told: readonly Told[]): CredentialRecord {
  const { revoked_at_ms: atMs, revocation_reason: reason } = row;
  return {
    id: row.id,
    learnerId: row.learner_id,
    badgeId: row.badge_id,
    awardedAtMs: row.awarded_at_ms,
    issuedAtMs: row.issued_at_ms,
    revocation: atMs === null || reason === null ? lossOf(row, told) : { code: "withdrawn", atMs, reason },
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
    }).onConflict((conflict) => conflict.columns(["learner_id", "badge_id", "awarded_at_ms"]).doNothing()).execute();
    const row = await this.#db.selectFrom("credential").selectAll().where("learner_id", "=", learnerId)
      .where("badge_id", "=", badgeId).where("awarded_at_ms", "=", awardedAtMs).executeTakeFirstOrThrow();
    return await this.#told(row);
  }

  async byId(id: string): Promise<CredentialRecord | null> {
    const row = await this.#db.selectFrom("credential").selectAll().where("id", "=", id).executeTakeFirst();
    return row === undefined ? null : await this.#told(row);
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
    return pageOf(await this.#recordsOf(rows), limit, ({ issuedAtMs, id }) => ({ key: issuedAtMs, id }));
  }

  async revoke(
    id: string,
    { atMs, reason }: Omit<Revocation, "code">,
    byUserId: string,
  ): Promise<CredentialRecord | null> {
    const known = await this.byId(id);
    if (known === null || known.revocation !== null) return known;
    await this.#db.updateTable("credential")
      .set({ revoked_at_ms: atMs, revoked_by: byUserId, revocation_reason: reason })
      .where("id", "=", id).where("revoked_at_ms", "is", null).execute();
    return await this.byId(id);
  }

  async revoked(): Promise<readonly CredentialRecord[]> {
    const rows = await this.#db.selectFrom("credential").selectAll()
      .where((where) => where.or([where("revoked_at_ms", "is not", null), OF_WHO_LOST_ONE])).orderBy("id").execute();
    const revokedAtMs = ({ revocation }: CredentialRecord) => revocation?.atMs ?? 0;
    return (await this.#recordsOf(rows)).filter(({ revocation }) => revocation !== null)
      .toSorted((a, b) => revokedAtMs(a) - revokedAtMs(b));
  }

  async #told(row: CredentialTable): Promise<CredentialRecord> {
    return recordOf(row, await this.#badgesOf([row]));
  }

  async #recordsOf(rows: readonly CredentialTable[]): Promise<readonly CredentialRecord[]> {
    const told = await this.#badgesOf(rows);
    return rows.map((row) => recordOf(row, told));
  }

  /**
   * What the journals of these learners say of their badges, in order: a badge and its credential are lost by one
   * commit. Bodies are read here and not by Postgres, which cannot read every text that JSON can hold.
   */
  async #badgesOf(rows: readonly CredentialTable[]): Promise<readonly Told[]> {
    if (rows.length === 0) return [];
    const actors = [...new Set(rows.map(({ learner_id }) => learnerAddress(learner_id)))];
    return await this.#db.selectFrom("journal").select(["actor", "at_ms as atMs", sql<BadgeEvent>`body`.as("event")])
      .where("actor", "in", actors).where(IS_OF_BADGES).orderBy("actor").orderBy("seq").execute();
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
