/** An owner's actors of one kind; the rows are written by the append statement. */
import { type Kysely, type SelectQueryBuilder, sql } from "kysely";
import { classroom } from "../domain/classroom/aggregate.ts";
import type { AskedStudent } from "../domain/curriculum/asked_item.ts";
import { room } from "../domain/room/aggregate.ts";
import type { RoomSearch } from "../domain/room/room_search.ts";
import type { ListedActor, Listings, Page } from "../http/ports.ts";
import { numberPosition, pageOf } from "./cursor.ts";
import { taughtBy } from "./rosters.ts";
import type { Tables } from "./tables.ts";

type Rows = SelectQueryBuilder<Tables, "listing", ListedActor>;

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
    const query = this.#rows().where("owner_id", "=", ownerId).where("kind", "=", kind);
    return await pageThrough(status === null ? query : query.where("status", "=", status), cursor, limit);
  }

  /** Throws BadCursorError. */
  async ofMember(
    userId: string,
    kind: string,
    statuses: readonly string[],
    cursor: string | null,
    limit: number,
  ): Promise<Page<ListedActor>> {
    const classes = this.#db.selectFrom("class_member").select("class_id").where("user_id", "=", userId)
      .where(sql<boolean>`is_admitted`);
    const query = this.#rows().where("owner_id", "in", classes).where("kind", "=", kind).where(
      "status",
      "in",
      statuses,
    );
    return await pageThrough(query, cursor, limit);
  }

  /** Throws BadCursorError. */
  async ofTaught(
    teacherId: string,
    ownerId: string,
    kind: string,
    status: string,
    cursor: string | null,
    limit: number,
  ): Promise<Page<ListedActor>> {
    const query = this.#rows().where("owner_id", "=", ownerId).where("kind", "=", kind).where("status", "=", status)
      .where(sql<string>`body ->> 'learner_id'`, "in", taughtBy(this.#db, teacherId).select("learning.user_id"));
    return await pageThrough(query, cursor, limit);
  }

  /** Throws BadCursorError. */
  async rooms(
    { classId, userId, which, status }: RoomSearch,
    cursor: string | null,
    limit: number,
  ): Promise<Page<ListedActor>> {
    const ofKind = this.#rows().where("kind", "=", room.kind);
    const isTheirs = sql<boolean>`body::jsonb -> 'readers' ? ${userId}`;
    const wrote = sql<boolean>`body::jsonb -> 'writers' ? ${userId}`;
    const hasPlace = sql<boolean>`(status = 'open' and body ->> 'admission' = 'class'
      and json_array_length(body -> 'members') < (body ->> 'size_max')::integer)`;
    const classes = this.#db.selectFrom("class_member").select("class_id").where("user_id", "=", userId)
      .where(sql<boolean>`is_admitted`);
    const ofTheirs = which === "wrote_in" ? ofKind : ofKind.where("owner_id", "in", classes);
    const ofClass = classId === null ? ofTheirs : ofKind.where("owner_id", "=", classId);
    const found = which === "wrote_in"
      ? ofClass.where(wrote)
      : which === "theirs"
      ? ofClass.where(isTheirs)
      : ofClass.where((where) => where.or([isTheirs, hasPlace]));
    return await pageThrough(status === null ? found : found.where("status", "=", status), cursor, limit);
  }

  /** What lessons ask these students of their classes now. */
  async asked(userIds: readonly string[]): Promise<readonly AskedStudent[]> {
    const asks = sql<string | null>`body -> 'asks' ->> 'item_id'`;
    return await this.#db.selectFrom("listing").innerJoin("class_member", "class_id", "owner_id")
      .select([
        "user_id as userId",
        sql<string>`body ->> 'course_id'`.as("courseId"),
        asks.$notNull().as("itemId"),
        sql<string>`body -> 'asks' ->> 'prompt'`.as("prompt"),
      ])
      // In the words of the index, which holds these alone: nothing is asked before a lesson starts or after it closes.
      .where("kind", "=", sql.lit(classroom.kind)).where(sql<boolean>`status in ('running', 'paused')`)
      .where(asks, "is not", null)
      .where("user_id", "in", userIds).where("part", "=", "student").where(sql<boolean>`is_admitted`)
      .execute();
  }

  #rows(): Rows {
    return this.#db.selectFrom("listing").select([
      "actor",
      "owner_id as ownerId",
      "status",
      "body",
      "created_at_ms as createdAtMs",
      "updated_at_ms as updatedAtMs",
    ]);
  }
}

async function pageThrough(unordered: Rows, cursor: string | null, limit: number): Promise<Page<ListedActor>> {
  const after = cursor === null ? null : numberPosition(cursor);
  const query = after === null
    ? unordered
    : unordered.where((where) =>
      where(where.refTuple("created_at_ms", "actor"), "<", where.tuple(after.key, after.id))
    );
  const rows = await query.orderBy("created_at_ms", "desc").orderBy("actor", "desc").limit(limit + 1).execute();
  return pageOf(rows, limit, (row) => ({ key: row.createdAtMs, id: row.actor }));
}
