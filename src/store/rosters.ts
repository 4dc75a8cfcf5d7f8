/** Who belongs to which class. */
import { type Insertable, type Kysely, type RawBuilder, type Selectable, sql } from "kysely";
import {
  CLASS_MEMBERS_MAX,
  type ClassMember,
  type Invitation,
  type MemberChange,
  type Membership,
  type NewClassMember,
} from "../domain/school/class_member.ts";
import type { Page, Rosters } from "../http/ports.ts";
import { numberPosition, pageOf } from "./cursor.ts";
import type { ClassMemberTable, Tables } from "./tables.ts";

type MemberRow = Selectable<ClassMemberTable>;

/** As `isInvited` has it. */
const IS_INVITED = sql<boolean>`not is_admitted and added_by is not null`;

export class PostgresRosters implements Rosters {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async add(member: NewClassMember, invitedAs?: string): Promise<"added" | "present" | "full"> {
    return await this.#db.transaction().execute(async (transaction) => {
      // Those who come at the same moment are counted one after the other.
      await transaction.selectFrom("school_class").select("id").where("id", "=", member.classId).forUpdate().execute();
      const roster = transaction.selectFrom("class_member").where("class_id", "=", member.classId);
      const known = await roster.select("user_id").where("user_id", "=", member.userId).executeTakeFirst();
      if (known !== undefined) return "present";
      const { count } = await roster.select((row) => row.fn.countAll<number>().as("count")).executeTakeFirstOrThrow();
      if (count >= CLASS_MEMBERS_MAX) return "full";
      await transaction.insertInto("class_member").values({ ...rowOf(member), invited_as: invitedAs ?? null })
        .execute();
      return "added";
    });
  }

  async member(classId: string, userId: string): Promise<ClassMember | null> {
    const row = await this.#named().where("class_id", "=", classId).where("user_id", "=", userId).executeTakeFirst();
    return row === undefined ? null : memberOf(row);
  }

  /** Throws BadCursorError. */
  async page(classId: string, cursor: string | null, limit: number): Promise<Page<ClassMember>> {
    const after = cursor === null ? null : numberPosition(cursor);
    let query = this.#named().where("class_id", "=", classId);
    if (after !== null) {
      query = query.where((where) =>
        where(where.refTuple("joined_at_ms", "user_id"), ">", where.tuple(after.key, after.id))
      );
    }
    const rows = await query.orderBy("joined_at_ms").orderBy("user_id").limit(limit + 1).execute();
    return pageOf(rows.map(memberOf), limit, ({ joinedAtMs, userId }) => ({ key: joinedAtMs, id: userId }));
  }

  async all(classId: string): Promise<readonly ClassMember[]> {
    return (await this.page(classId, null, CLASS_MEMBERS_MAX)).rows;
  }

  async change(classId: string, userId: string, wanted: MemberChange): Promise<ClassMember | null> {
    const { part, admit, time, leaderboardsAllowed } = wanted;
    const changed = {
      ...part === null ? {} : { part: sql<MemberRow["part"]>`case when part = 'teacher' then part else ${part} end` },
      ...admit === null ? {} : { is_admitted: sql<boolean>`is_admitted or added_by is null` },
      ...time === null ? {} : { time_multiplier: time.multiplier },
      ...leaderboardsAllowed === null ? {} : { leaderboards_allowed: leaderboardsAllowed },
    };
    if (Object.keys(changed).length > 0) {
      await this.#db.updateTable("class_member").set(changed)
        .where("class_id", "=", classId).where("user_id", "=", userId).execute();
    }
    return await this.member(classId, userId);
  }

  remove(classId: string, userId: string): Promise<boolean> {
    return removed(this.#db, classId, userId);
  }

  async leave(classId: string, userId: string): Promise<boolean> {
    return await this.#db.transaction().execute(async (transaction) => {
      if (!await removed(transaction, classId, userId)) return false;
      await transaction.insertInto("class_refusal").values({ class_id: classId, user_id: userId })
        .onConflict((conflict) => conflict.columns(["class_id", "user_id"]).doNothing()).execute();
      return true;
    });
  }

  async accept(classId: string, userId: string, atMs: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#db.updateTable("class_member")
      .set({ is_admitted: true, joined_at_ms: atMs, invited_as: null })
      .where("class_id", "=", classId).where("user_id", "=", userId).where(IS_INVITED).executeTakeFirstOrThrow();
    return numUpdatedRows > 0;
  }

  /** Throws BadCursorError. */
  async invitations(userId: string, cursor: string | null, limit: number): Promise<Page<Invitation>> {
    return await this.#classesOf(userId, IS_INVITED, cursor, limit);
  }

  /** Throws BadCursorError. */
  async ofUser(userId: string, cursor: string | null, limit: number): Promise<Page<Membership>> {
    const { rows, next } = await this.#classesOf(userId, sql<boolean>`not (${IS_INVITED})`, cursor, limit);
    return { rows: rows.map(({ invitedBy: _theirs, ...membership }) => membership), next };
  }

  async teaches(teacherId: string | null, learnerId: string): Promise<boolean> {
    const shared = await taughtBy(this.#db, teacherId).select("learning.user_id")
      .where("learning.user_id", "=", learnerId).limit(1).executeTakeFirst();
    return shared !== undefined;
  }

  async mayTakeIn(teacherId: string, classId: string, personId: string): Promise<boolean> {
    const refused = this.#db.selectFrom("class_refusal").select("user_id")
      .where("class_id", "=", classId).where("user_id", "=", personId);
    const own = await taughtBy(this.#db, teacherId).select("learning.user_id")
      .where("teaching.part", "=", "teacher").where("learning.user_id", "=", personId)
      .where((where) => where.not(where.exists(refused))).limit(1).executeTakeFirst();
    return own !== undefined;
  }

  async revision(): Promise<number> {
    const { revision } = await this.#db.selectFrom("roster_revision").select("revision").executeTakeFirstOrThrow();
    return revision;
  }

  async #classesOf(
    userId: string,
    which: RawBuilder<boolean>,
    cursor: string | null,
    limit: number,
  ): Promise<Page<Invitation>> {
    const after = cursor === null ? null : numberPosition(cursor);
    let query = this.#db.selectFrom("class_member")
      .innerJoin("school_class", "school_class.id", "class_member.class_id")
      .leftJoin("app_user", "app_user.id", "class_member.added_by")
      .selectAll("class_member").select(["school_class.title", "app_user.username as invited_by"])
      .where("user_id", "=", userId).where(which);
    if (after !== null) {
      query = query.where((where) =>
        where(where.refTuple("joined_at_ms", "class_id"), ">", where.tuple(after.key, after.id))
      );
    }
    const rows = await query.orderBy("joined_at_ms").orderBy("class_id").limit(limit + 1).execute();
    const places = rows.map((row) => ({ ...newMemberOf(row), title: row.title, invitedBy: row.invited_by }));
    return pageOf(places, limit, ({ joinedAtMs, classId }) => ({ key: joinedAtMs, id: classId }));
  }

  #named() {
    return this.#db.selectFrom("class_member").innerJoin("app_user", "app_user.id", "class_member.user_id")
      .selectAll("class_member").select("app_user.username")
      // Learners keep this row themselves; those who are ranked have asked for it.
      .select(sql<boolean>`exists (
        select from listing where listing.owner_id = class_member.user_id and kind = 'learner' and status = 'ranked'
      )`.as("asks_for_leaderboards"));
  }
}

/** Whether somebody was removed; never the owner. */
async function removed(db: Kysely<Tables>, classId: string, userId: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom("class_member").where("class_id", "=", classId)
    .where("user_id", "=", userId).where("part", "!=", "teacher").executeTakeFirstOrThrow();
  return numDeletedRows > 0;
}

/** The admitted students of all classes that the person (null: anybody) teaches or helps to teach, as `learning`. */
export function taughtBy(db: Kysely<Tables>, teacherId: string | null) {
  const taught = db.selectFrom("class_member as teaching")
    .innerJoin("class_member as learning", "learning.class_id", "teaching.class_id")
    .where("teaching.part", "!=", "student").where(sql<boolean>`teaching.is_admitted`)
    .where("learning.part", "=", "student").where(sql<boolean>`learning.is_admitted`);
  return teacherId === null ? taught : taught.where("teaching.user_id", "=", teacherId);
}

/** A member as a row of the table. */
export function rowOf(member: NewClassMember): Insertable<ClassMemberTable> {
  return {
    class_id: member.classId,
    user_id: member.userId,
    part: member.part,
    is_admitted: member.isAdmitted,
    time_multiplier: member.timeMultiplier,
    leaderboards_allowed: member.leaderboardsAllowed,
    added_by: member.addedBy,
    joined_at_ms: member.joinedAtMs,
  };
}

function newMemberOf(row: MemberRow): NewClassMember {
  return {
    classId: row.class_id,
    userId: row.user_id,
    part: row.part,
    isAdmitted: row.is_admitted,
    timeMultiplier: row.time_multiplier,
    leaderboardsAllowed: row.leaderboards_allowed,
    addedBy: row.added_by,
    joinedAtMs: row.joined_at_ms,
  };
}

function memberOf(
  row: MemberRow & { readonly username: string; readonly asks_for_leaderboards: boolean },
): ClassMember {
  const { username, invited_as: invitedAs, asks_for_leaderboards: asksForLeaderboards } = row;
  return { ...newMemberOf(row), username: invitedAs ?? username, asksForLeaderboards };
}
