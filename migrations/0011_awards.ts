/** A badge that was lost and earned again is another award, with a credential of its own. */
import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

const STATEMENTS = [
  `alter table credential drop constraint credential_learner_id_badge_id_key`,
  `alter table credential add unique (learner_id, badge_id, awarded_at_ms)`,
  // Few of a learner's events: what tells whether an award still stands is found without reading the others.
  `create index badges_of on journal (actor, seq) where type in ('badge_earned', 'badge_revoked')`,
  `create index badges_lost on journal (actor) where type = 'badge_revoked'`,
];

export const awards: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
