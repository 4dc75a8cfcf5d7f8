/** Courses: the document as authored, with the few columns that lists show. */
import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

const TABLES = [
  `create table course (
    id text primary key,
    owner_id text,
    version integer not null,
    title text not null,
    description text not null,
    skill_count integer not null,
    item_count integer not null,
    document json not null,
    updated_at_ms bigint not null
  )`,
  `create index course_by_title on course (title, id)`,
];

export const courseTables: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of TABLES) await sql.raw(statement).execute(db);
  },
};
