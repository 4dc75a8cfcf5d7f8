/** An owner's actors of one kind; the rows are written by the append statement. */
import type { Kysely } from "kysely";
import type { ListedActor, Listings, Page } from "../http/ports.ts";
import { numberPosition, pageOf } from "./cursor.ts";
import type { Tables } from "./tables.ts";

export class PostgresListings implements Listings {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** Newest first. Throws BadCursorError. */
  async list(
    ownerId: string,
    kind: string,
    status: string | null,
    cursor: string | null,
    limit: number,
  ): Promise<Page<ListedActor>> {
    const after = cursor === null ? null : numberPosition(cursor);
    let query = this.#db.selectFrom("listing")
      .select(["actor", "status", "body", "created_at_ms as createdAtMs", "updated_at_ms as updatedAtMs"])
      .where("owner_id", "=", ownerId).where("kind", "=", kind);
    if (status !== null) query = query.where("status", "=", status);
    if (after !== null) {
      query = query.where((where) =>
        where(where.refTuple("created_at_ms", "actor"), "<", where.tuple(after.key, after.id))
      );
    }
    const rows = await query.orderBy("created_at_ms", "desc").orderBy("actor", "desc").limit(limit + 1).execute();
    return pageOf(rows, limit, (row) => ({ key: row.createdAtMs, id: row.actor }));
  }
}
