/** What lessons ask now is found without looking through those that are over. */
import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

const STATEMENTS = [
  `create index listing_asking on listing (owner_id) where kind = 'classroom' and status in ('running', 'paused')`,
];

export const askedItems: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
