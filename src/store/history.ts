/** The journal as people read it: chosen types of events, a page at a time. */
import type { Kysely } from "kysely";
import type { History, HistoryRow } from "../http/ports.ts";
import type { Tables } from "./tables.ts";

export class PostgresHistory implements History {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async page(
    actor: string,
    types: readonly string[],
    afterSeq: number,
    limit: number,
  ): Promise<readonly HistoryRow[]> {
    if (types.length === 0) return [];
    return await this.#db.selectFrom("journal").select(["seq", "at_ms as atMs", "type", "version", "body"])
      .where("actor", "=", actor).where("seq", ">", afterSeq).where("type", "in", types)
      .orderBy("seq").limit(limit).execute();
  }
}
