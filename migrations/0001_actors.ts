/** The actors' tables: who owns them, what happened to them, and what they have asked for. */
import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

// Bodies are `json`, not `jsonb`: jsonb refuses \u0000 and lone surrogates, which a learner may well type, and one
// refused row would fail the whole batch of turns that it is part of.
const TABLES = [
  `create table owner (
    actor text primary key,
    epoch bigint not null,
    node text
  ) with (fillfactor = 70)`,
  `create table node (
    node text primary key,
    lease_until timestamptz not null
  ) with (fillfactor = 50)`,
  `create table journal (
    actor text not null,
    seq bigint not null,
    epoch bigint not null,
    at_ms bigint not null,
    type text not null,
    version integer not null,
    body json not null,
    command_id text,
    reply json,
    primary key (actor, seq)
  )`,
  `create table snapshot (
    actor text primary key,
    seq bigint not null,
    epoch bigint not null,
    version integer not null,
    body json not null
  )`,
  `create table timer (
    actor text not null,
    name text not null,
    due_ms bigint not null,
    command json not null,
    primary key (actor, name)
  )`,
  `create index timer_due on timer (due_ms)`,
  `create table outbox (
    place bigint generated always as identity,
    sender text not null,
    seq bigint not null,
    idx integer not null,
    target text not null,
    command json not null,
    primary key (sender, seq, idx)
  )`,
  `create index outbox_place on outbox (place)`,
  `create table dead_letter (
    place bigint generated always as identity primary key,
    actor text not null,
    command_id text not null,
    command json not null,
    reason text not null,
    at_ms bigint not null,
    unique (actor, command_id)
  )`,
  `create table listing (
    actor text primary key,
    owner_id text not null,
    kind text not null,
    status text not null,
    body json not null,
    created_at_ms bigint not null,
    updated_at_ms bigint not null
  )`,
  `create index listing_of_owner on listing (owner_id, kind, created_at_ms desc, actor desc)`,
  // Called from inside the append statement, so that a gap undoes the whole batch.
  `create function refuse_gap(actor text, expected bigint, given bigint) returns boolean language plpgsql as $$
  begin
    raise exception '%: first event is number %, expected %', actor, given, expected using errcode = 'NL001';
  end $$`,
];

export const actorTables: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of TABLES) await sql.raw(statement).execute(db);
  },
};
