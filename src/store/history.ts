/** The journal as people read it: chosen types of events, a page at a time. */
import type { Kysely } from "kysely";
import type { StoredEvent } from "../domain/stored_event.ts";
import type { History } from "../http/ports.ts";
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
  ): Promise<readonly StoredEvent[]> {
    if (types.length === 0) return [];
    return await this.#events(actor, types).where("seq", ">", afterSeq).orderBy("seq").limit(limit).execute();
  }

  async newest(
    actor: string,
    types: readonly string[],
    beforeSeq: number,
    limit: number,
  ): Promise<readonly StoredEvent[]> {
    if (types.length === 0) return [];
    return await this.#events(actor, types).where("seq", "<", beforeSeq).orderBy("seq", "desc").limit(limit).execute();
  }

  #events(actor: string, types: readonly string[]) {
    return this.#db.selectFrom("journal").select(["seq", "at_ms as atMs", "type", "version", "body"])
      .where("actor", "=", actor).where("type", "in", types);
  }
}
