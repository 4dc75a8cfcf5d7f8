/** What calls of a language model cost, never what they said; and the classes in which it is switched on or off. */
import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

const STATEMENTS = [
  `create table llm_call (
    id text primary key,
    at_ms bigint not null,
    purpose text not null,
    model text not null,
    prompt_hash text not null,
    learner text,
    class_id text,
    tokens_in bigint not null,
    tokens_out bigint not null,
    first_text_ms bigint,
    answer_ms bigint not null,
    tries bigint not null,
    outcome text not null
  )`,
  `create index llm_call_by_time on llm_call (at_ms, id)`,
  `create index llm_call_of_learner on llm_call (learner, at_ms) where learner is not null`,
  `create index llm_call_of_class on llm_call (class_id, at_ms) where class_id is not null`,
  `create table class_llm_policy (
    place bigint generated always as identity primary key,
    class_id text not null references school_class on delete cascade,
    is_allowed boolean not null,
    by_user_id text not null,
    by_role text not null,
    at_ms bigint not null
  )`,
  `create index class_llm_policy_of_class on class_llm_policy (class_id, place desc)`,
];

export const languageModelTables: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
