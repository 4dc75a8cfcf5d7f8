/** Classes with who set their emotion policy when, and the summaries of emotion kept with a learner's consent. */
import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

const TABLES = [
  `create table school_class (
    id text primary key,
    owner_id text not null,
    title text not null,
    created_at_ms bigint not null
  )`,
  `create index school_class_by_title on school_class (title, id)`,
  // Entries are only ever added; the latest is in force.
  `create table class_emotion_policy (
    place bigint generated always as identity primary key,
    class_id text not null references school_class on delete cascade,
    is_allowed boolean not null,
    by_user_id text not null,
    at_ms bigint not null
  )`,
  `create index class_emotion_policy_of_class on class_emotion_policy (class_id, place desc)`,
  // A learner who is deleted takes their summaries with them.
  `create table emotion_minute (
    session_id text not null,
    from_ms bigint not null,
    to_ms bigint not null,
    learner_id text not null references app_user on delete cascade,
    frames integer not null,
    face_frames integer not null,
    confident_frames integer not null,
    means double precision[],
    stress double precision,
    primary key (session_id, from_ms)
  )`,
  `create index emotion_minute_of_learner on emotion_minute (learner_id, from_ms desc, session_id desc)`,
];

export const classAndEmotionTables: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of TABLES) await sql.raw(statement).execute(db);
  },
};
