/** Who belongs to which class, and the codes by which people join. */
import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

const STATEMENTS = [
  `alter table school_class add column join_code text unique`,
  `alter table school_class add column join_needs_approval boolean not null default false`,
  // An account that is deleted takes its memberships with it; null as time multiplier stands for untimed.
  `create table class_member (
    class_id text not null references school_class on delete cascade,
    user_id text not null references app_user on delete cascade,
    part text not null check (part in ('teacher', 'co_teacher', 'student')),
    is_admitted boolean not null,
    time_multiplier double precision default 1 check (time_multiplier between 1 and 5),
    leaderboards_allowed boolean not null default true,
    added_by text,
    joined_at_ms bigint not null,
    primary key (class_id, user_id)
  )`,
  `create index class_member_of_user on class_member (user_id, class_id)`,
  `create index class_member_in_order on class_member (class_id, joined_at_ms, user_id)`,
  `insert into class_member (class_id, user_id, part, is_admitted, joined_at_ms)
    select school_class.id, owner_id, 'teacher', true, school_class.created_at_ms
    from school_class join app_user on app_user.id = owner_id`,
];

export const rosterTables: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
