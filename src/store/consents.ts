/** What people have agreed to, and when they took it back; entries are only ever added. */
import type { Kysely } from "kysely";
import type { Consent, Consents } from "../http/ports.ts";
import type { Tables } from "./tables.ts";

export class PostgresConsents implements Consents {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** The latest entry, in the order they were recorded. */
  async current(userId: string): Promise<Consent | null> {
    const row = await this.#db.selectFrom("consent")
      .select(["user_id as userId", "purpose", "is_given as given", "text_version as textVersion", "at_ms as atMs"])
      .where("user_id", "=", userId).orderBy("place", "desc").limit(1).executeTakeFirst();
    return row ?? null;
  }

  async record({ userId, purpose, given, textVersion, atMs }: Consent): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      // Summaries that are being stored hold this row shared: they are there before the deletion, or see this entry.
      await transaction.selectFrom("app_user").select("id").where("id", "=", userId).forNoKeyUpdate().execute();
      await transaction.insertInto("consent")
        .values({ user_id: userId, purpose, is_given: given, text_version: textVersion, at_ms: atMs }).execute();
      if (!given) await transaction.deleteFrom("emotion_minute").where("learner_id", "=", userId).execute();
    });
  }
}
