/** From when on an account's access tokens count: a changed password and a deactivation end those before. */
import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

export const endedTokens: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql.raw("alter table app_user add column tokens_valid_from_ms bigint not null default 0").execute(db);
  },
};
