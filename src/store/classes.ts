/** Classes, each with the latest word on whether emotion may be inferred in it. */
import { type Kysely, type RawBuilder, sql } from "kysely";
import { NO_ARRANGEMENTS } from "../domain/school/class_member.ts";
import type { ClassEmotionPolicy, NewSchoolClass, SchoolClass } from "../domain/school/school_class.ts";
import { session } from "../domain/session/aggregate.ts";
import type { Classes, Page } from "../http/ports.ts";
import { pageOf, textPosition } from "./cursor.ts";
import { rowOf } from "./rosters.ts";
import type { Tables } from "./tables.ts";

/** The class of a listed session; null outside any. */
const CLASS_ID = sql<string | null>`(listing.body ->> 'class_id')`;

/** Whether a class forbids emotion: by its latest word, or because there is none. */
function forbids(classId: RawBuilder<string | null>): RawBuilder<boolean> {
  return sql<boolean>`${classId} is not null and not coalesce((
    select is_allowed from class_emotion_policy where class_id = ${classId} order by place desc limit 1), false)`;
}

interface ClassRow {
  readonly id: string;
  readonly title: string;
  readonly owner_id: string;
  readonly created_at_ms: number;
  readonly is_allowed: boolean | null;
  readonly by_user_id: string | null;
  readonly at_ms: number | null;
  readonly leaderboards_allowed: boolean;
  readonly join_needs_approval: boolean;
}

export class PostgresClasses implements Classes {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async create({ id, title, ownerId, createdAtMs }: NewSchoolClass): Promise<void> {
    const owner = { classId: id, userId: ownerId, part: "teacher", isAdmitted: true, addedBy: null } as const;
    await this.#db.transaction().execute(async (transaction) => {
      await transaction.insertInto("school_class")
        .values({ id, title, owner_id: ownerId, created_at_ms: createdAtMs }).execute();
      await transaction.insertInto("class_member")
        .values(rowOf({ ...owner, ...NO_ARRANGEMENTS, joinedAtMs: createdAtMs })).execute();
    });
  }

  async byId(id: string): Promise<SchoolClass | null> {
    const row = await this.#withPolicy().where("school_class.id", "=", id).executeTakeFirst();
    return row === undefined ? null : classOf(row);
  }

  /** Throws BadCursorError. */
  async list(teacherId: string | null, cursor: string | null, limit: number): Promise<Page<SchoolClass>> {
    const after = cursor === null ? null : textPosition(cursor);
    let query = this.#withPolicy();
    if (teacherId !== null) {
      query = query.where((where) =>
        where.exists(
          where.selectFrom("class_member").select("user_id").whereRef("class_id", "=", "school_class.id")
            .where("user_id", "=", teacherId).where("part", "!=", "student").where(
              sql<boolean>`class_member.is_admitted`,
            ),
        )
      );
    }
    if (after !== null) {
      query = query.where((where) =>
        where(where.refTuple("title", "school_class.id"), ">", where.tuple(after.key, after.id))
      );
    }
    const rows = await query.orderBy("title").orderBy("school_class.id").limit(limit + 1).execute();
    return pageOf(rows.map(classOf), limit, ({ title, id }) => ({ key: title, id }));
  }

  async forbidEmotionTo(learnerId: string): Promise<boolean> {
    const asStudent = await this.#db.selectFrom("class_member").select("class_id").where("user_id", "=", learnerId)
      .where("part", "=", "student").where("is_admitted", "=", sql<boolean>`true`)
      .where(forbids(sql<string>`class_member.class_id`)).limit(1).executeTakeFirst();
    if (asStudent !== undefined) return true;
    const atWork = await this.#db.selectFrom("listing").select("actor").where("owner_id", "=", learnerId)
      .where("kind", "=", session.kind).where("status", "<>", "completed").where(forbids(CLASS_ID))
      .limit(1).executeTakeFirst();
    return atWork !== undefined;
  }

  async rename(id: string, title: string): Promise<void> {
    await this.#db.updateTable("school_class").set({ title }).where("id", "=", id).execute();
  }

  async setEmotionPolicy(id: string, { allowed, byUserId, atMs }: ClassEmotionPolicy): Promise<void> {
    await this.#db.insertInto("class_emotion_policy")
      .values({ class_id: id, is_allowed: allowed, by_user_id: byUserId, at_ms: atMs }).execute();
  }

  async setLeaderboardPolicy(id: string, { allowed }: { readonly allowed: boolean }): Promise<void> {
    await this.#db.updateTable("school_class").set({ leaderboards_allowed: allowed }).where("id", "=", id).execute();
  }

  async setJoinPolicy(id: string, { needsApproval }: { readonly needsApproval: boolean }): Promise<void> {
    await this.#db.updateTable("school_class").set({ join_needs_approval: needsApproval }).where("id", "=", id)
      .execute();
  }

  async setJoinCode(id: string, code: string | null): Promise<"set" | "taken"> {
    try {
      await this.#db.updateTable("school_class").set({ join_code: code }).where("id", "=", id).execute();
      return "set";
    } catch (error) {
      if (isDuplicate(error)) return "taken";
      throw error;
    }
  }

  async joinCode(id: string): Promise<string | null> {
    const row = await this.#db.selectFrom("school_class").select("join_code").where("id", "=", id).executeTakeFirst();
    return row?.join_code ?? null;
  }

  async byJoinCode(code: string): Promise<SchoolClass | null> {
    const row = await this.#withPolicy().where("join_code", "=", code).executeTakeFirst();
    return row === undefined ? null : classOf(row);
  }

  async remove(id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db.deleteFrom("school_class").where("id", "=", id).executeTakeFirstOrThrow();
    return numDeletedRows > 0;
  }

  #withPolicy() {
    return this.#db.selectFrom("school_class").leftJoinLateral(
      (from) =>
        from.selectFrom("class_emotion_policy").select(["is_allowed", "by_user_id", "at_ms"])
          .whereRef("class_id", "=", "school_class.id").orderBy("place", "desc").limit(1).as("policy"),
      (join) => join.onTrue(),
    ).select(["school_class.id", "title", "owner_id", "created_at_ms", "leaderboards_allowed", "join_needs_approval"])
      .select(["is_allowed", "by_user_id", "at_ms"]);
  }
}

/** Postgres' unique_violation. */
function isDuplicate(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "23505";
}

function classOf(row: ClassRow): SchoolClass {
  const { is_allowed, by_user_id, at_ms } = row;
  const emotionPolicy = is_allowed === null || by_user_id === null || at_ms === null
    ? null
    : { allowed: is_allowed, byUserId: by_user_id, atMs: at_ms };
  return {
    id: row.id,
    title: row.title,
    ownerId: row.owner_id,
    createdAtMs: row.created_at_ms,
    emotionPolicy,
    leaderboardsAllowed: row.leaderboards_allowed,
    joinNeedsApproval: row.join_needs_approval,
  };
}
