/** A number that rises with every change of any roster, so that each node sees that another has changed one. */
import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

const STATEMENTS = [
  `create table roster_revision (
    revision bigint not null,
    is_the_one boolean primary key default true check (is_the_one)
  )`,
  `insert into roster_revision (revision) values (0)`,
  // A row, not a sequence: it rises with the commit of the change, never before it.
  `create function raise_roster_revision() returns trigger language plpgsql as $$
  begin
    update roster_revision set revision = revision + 1;
    return null;
  end $$`,
  `create trigger roster_changed after insert or update or delete on class_member
    for each statement execute function raise_roster_revision()`,
];

export const rosterRevision: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
