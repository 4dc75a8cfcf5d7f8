/** Summaries of emotion, kept while their learner's consent lasts; in a table of their own, never in a journal. */
import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import type { EmotionHistoryFilter, EmotionMinute } from "../domain/affect/emotion_minute.ts";
import type { EmotionHistory, Page } from "../http/ports.ts";
import { numberPosition, pageOf } from "./cursor.ts";
import type { EmotionMinuteTable, Tables } from "./tables.ts";

/** When the person of an `app_user` row gave the consent that lasts; null where their latest word is no, or none. */
const CONSENTING_SINCE = sql<number | null>`(
  select case when is_given then at_ms end from consent where user_id = app_user.id order by place desc limit 1)`;

const IN_USE = sql<boolean>`is_active`;

export class PostgresEmotionHistory implements EmotionHistory {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async add(minutes: readonly EmotionMinute[]): Promise<number> {
    const learnerIds = [...new Set(minutes.map(({ learnerId }) => learnerId))];
    if (learnerIds.length === 0) return 0;
    return await this.#db.transaction().execute(async (transaction) => {
      // Locked first, looked at second: a consent taken back meanwhile is waited for, and then seen.
      await transaction.selectFrom("app_user").select("id").where("id", "in", learnerIds)
        .orderBy("id").forShare().execute();
      const sinceMs = await consentTimes(transaction, learnerIds);
      // What began under a consent that was taken back does not come in under the next one.
      const rows = minutes.filter(({ learnerId, fromMs }) => fromMs >= (sinceMs.get(learnerId) ?? Infinity)).map(rowOf);
      if (rows.length === 0) return 0;
      const stored = await transaction.insertInto("emotion_minute").values(rows)
        .onConflict((conflict) => conflict.doNothing()).returning("session_id").execute();
      return stored.length;
    });
  }

  /** Throws BadCursorError. */
  async page(
    learnerId: string,
    { sessionId, fromMs, toMs }: EmotionHistoryFilter,
    cursor: string | null,
    limit: number,
  ): Promise<Page<EmotionMinute>> {
    const after = cursor === null ? null : numberPosition(cursor);
    let query = this.#db.selectFrom("emotion_minute").selectAll().where("learner_id", "=", learnerId);
    if (sessionId !== null) query = query.where("session_id", "=", sessionId);
    if (fromMs !== null) query = query.where("from_ms", ">=", fromMs);
    if (toMs !== null) query = query.where("from_ms", "<", toMs);
    if (after !== null) {
      query = query.where((where) =>
        where(where.refTuple("from_ms", "session_id"), "<", where.tuple(after.key, after.id))
      );
    }
    const rows = await query.orderBy("from_ms", "desc").orderBy("session_id", "desc").limit(limit + 1).execute();
    return pageOf(rows.map(minuteOf), limit, (minute) => ({ key: minute.fromMs, id: minute.sessionId }));
  }

  async erase(learnerId: string): Promise<void> {
    await this.#db.deleteFrom("emotion_minute").where("learner_id", "=", learnerId).execute();
  }

  async expire(beforeMs: number): Promise<number> {
    const { numDeletedRows } = await this.#db.deleteFrom("emotion_minute")
      .where((where) =>
        where.or([
          where("to_ms", "<", beforeMs),
          where.not(where.exists(
            where.selectFrom("app_user").select("id").whereRef("id", "=", "learner_id").where(IN_USE)
              .where(CONSENTING_SINCE, "is not", null),
          )),
        ])
      ).executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }
}

/** Since when each of these learners consents, those who do not or have no account in use left out. */
async function consentTimes(
  transaction: Transaction<Tables>,
  learnerIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await transaction.selectFrom("app_user").select(["id", CONSENTING_SINCE.as("sinceMs")])
    .where("id", "in", learnerIds).where(IN_USE).execute();
  return new Map(rows.flatMap(({ id, sinceMs }) => sinceMs === null ? [] : [[id, sinceMs]]));
}

function rowOf(minute: EmotionMinute) {
  return {
    session_id: minute.sessionId,
    from_ms: minute.fromMs,
    to_ms: minute.toMs,
    learner_id: minute.learnerId,
    frames: minute.frames,
    face_frames: minute.faceFrames,
    confident_frames: minute.confidentFrames,
    means: minute.means,
    stress: minute.stress,
  };
}

function minuteOf(row: Selectable<EmotionMinuteTable>): EmotionMinute {
  return {
    learnerId: row.learner_id,
    sessionId: row.session_id,
    fromMs: row.from_ms,
    toMs: row.to_ms,
    frames: row.frames,
    faceFrames: row.face_frames,
    confidentFrames: row.confident_frames,
    means: row.means,
    stress: row.stress,
  };
}
