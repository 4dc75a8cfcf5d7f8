/** The name or address by which somebody was invited: all that those who teach see of them until they accept. */
import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

export const invitedAs: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql.raw(`alter table class_member add column invited_as text`).execute(db);
  },
};
