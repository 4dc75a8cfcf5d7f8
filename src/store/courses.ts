/** Courses as authored, replaced only by those who have seen the present version. */
import type { Kysely, Selectable } from "kysely";
import type { Course } from "../domain/curriculum/course.ts";
import type { CourseHeader, Courses, Page, StoredCourse } from "../http/ports.ts";
import { pageOf, textPosition } from "./cursor.ts";
import type { CourseTable, Tables } from "./tables.ts";

const HEADER_COLUMNS = [
  "id",
  "title",
  "description",
  "owner_id",
  "version",
  "skill_count",
  "item_count",
  "updated_at_ms",
] as const;

type HeaderRow = Pick<Selectable<CourseTable>, (typeof HEADER_COLUMNS)[number]>;

export class PostgresCourses implements Courses {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async create(course: Course, ownerId: string | null, nowMs: number): Promise<"created" | "id_taken"> {
    const row = await this.#db.insertInto("course")
      .values({ id: course.id, owner_id: ownerId, version: 1, updated_at_ms: nowMs, ...columnsOf(course) })
      .onConflict((conflict) => conflict.column("id").doNothing()).returning("id").executeTakeFirst();
    return row === undefined ? "id_taken" : "created";
  }

  async replace(course: Course, expectedVersion: number, nowMs: number): Promise<"replaced" | "conflict" | "missing"> {
    const row = await this.#db.updateTable("course")
      .set({ version: expectedVersion + 1, updated_at_ms: nowMs, ...columnsOf(course) })
      .where("id", "=", course.id).where("version", "=", expectedVersion).returning("id").executeTakeFirst();
    if (row !== undefined) return "replaced";
    return await this.byId(course.id) === null ? "missing" : "conflict";
  }

  async remove(id: string): Promise<boolean> {
    const row = await this.#db.deleteFrom("course").where("id", "=", id).returning("id").executeTakeFirst();
    return row !== undefined;
  }

  async byId(id: string): Promise<StoredCourse | null> {
    const row = await this.#db.selectFrom("course").select(["document", "owner_id", "version", "updated_at_ms"])
      .where("id", "=", id).executeTakeFirst();
    if (row === undefined) return null;
    return { course: row.document, ownerId: row.owner_id, version: row.version, updatedAtMs: row.updated_at_ms };
  }

  /** By title. Throws BadCursorError. */
  async list(cursor: string | null, limit: number): Promise<Page<CourseHeader>> {
    const after = cursor === null ? null : textPosition(cursor);
    let query = this.#db.selectFrom("course").select(HEADER_COLUMNS);
    if (after !== null) {
      query = query.where((where) => where(where.refTuple("title", "id"), ">", where.tuple(after.key, after.id)));
    }
    const rows = await query.orderBy("title").orderBy("id").limit(limit + 1).execute();
    return pageOf(rows.map(headerOf), limit, (header) => ({ key: header.title, id: header.id }));
  }

  async newest(limit: number): Promise<readonly string[]> {
    const rows = await this.#db.selectFrom("course").select("id").orderBy("updated_at_ms", "desc").orderBy("id")
      .limit(limit).execute();
    return rows.map(({ id }) => id);
  }
}

/** The document is the course; the other columns are for lists, and as texts hold no NUL. */
function columnsOf(course: Course) {
  return {
    title: course.title.replaceAll("\0", ""),
    description: course.description.replaceAll("\0", ""),
    skill_count: course.skills.length,
    item_count: course.items.length,
    document: JSON.stringify(course),
  };
}

function headerOf(row: HeaderRow): CourseHeader {
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    ownerId: row.owner_id,
    version: row.version,
    skills: row.skill_count,
    items: row.item_count,
    updatedAtMs: row.updated_at_ms,
  };
}
