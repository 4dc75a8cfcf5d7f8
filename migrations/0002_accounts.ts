/** People, their refresh tokens and their consents. */
import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

const TABLES = [
  `create table app_user (
    id text primary key,
    username text not null,
    username_key text not null unique,
    email text not null,
    email_key text not null unique,
    role text not null,
    password_hash text not null,
    is_active boolean not null,
    created_at_ms bigint not null
  )`,
  `create index app_user_by_age on app_user (created_at_ms, id)`,
  `create table refresh_family (
    family text primary key,
    user_id text not null,
    is_revoked boolean not null
  )`,
  `create index refresh_family_of_user on refresh_family (user_id)`,
  `create table refresh_token (
    hash text primary key,
    family text not null references refresh_family on delete cascade,
    expires_at_ms bigint not null,
    is_spent boolean not null
  )`,
  `create index refresh_token_of_family on refresh_token (family)`,
  `create table consent (
    place bigint generated always as identity primary key,
    user_id text not null,
    purpose text not null,
    is_given boolean not null,
    text_version text not null,
    at_ms bigint not null
  )`,
  `create index consent_of_user on consent (user_id, place desc)`,
];

export const accountTables: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of TABLES) await sql.raw(statement).execute(db);
  },
};
