/** Whether a class may have leaderboards, and the rows that boards are made from. */
import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

const STATEMENTS = [
  `alter table school_class add column leaderboards_allowed boolean not null default true`,
  `create index listing_ranked on listing (owner_id) where kind = 'learner' and status = 'ranked'`,
];

export const leaderboards: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
