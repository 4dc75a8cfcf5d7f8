/** Who declined an invitation to a class, or left it: nobody takes them in again without asking. */
import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

const STATEMENTS = [
  `create table class_refusal (
    class_id text not null references school_class on delete cascade,
    user_id text not null references app_user on delete cascade,
    primary key (class_id, user_id)
  )`,
  `create index class_refusal_of_user on class_refusal (user_id)`,
];

export const classRefusals: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
