/** Badges issued as credentials, and every public key that ever signed one. */
import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

const TABLES = [
  `create table credential (
    id text primary key,
    learner_id text not null,
    badge_id text not null,
    awarded_at_ms bigint not null,
    issued_at_ms bigint not null,
    revoked_at_ms bigint,
    revoked_by text,
    revocation_reason text,
    unique (learner_id, badge_id)
  )`,
  `create index credential_revoked on credential (revoked_at_ms) where revoked_at_ms is not null`,
  `create table credential_key (
    thumbprint text primary key,
    jwk text not null,
    published_at_ms bigint not null
  )`,
];

export const credentialTables: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of TABLES) await sql.raw(statement).execute(db);
  },
};
