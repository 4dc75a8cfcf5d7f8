/** The latest snapshot of each actor. */
import type { Snapshots, StoredSnapshot } from "../actors/ports.ts";
import type { ActorId } from "../domain/address.ts";
import type { Pool } from "./connections.ts";

const LOAD_STATEMENT = `select actor, seq, epoch, version, body from snapshot where actor = $1`;

// An equal number may be written again: after an upcast the same state has a newer shape.
const SAVE_STATEMENT = `
insert into snapshot (actor, seq, epoch, version, body)
select s.actor, s.seq, s.epoch, s.version, s.body::json
from unnest($1::text[], $2::bigint[], $3::bigint[], $4::int[], $5::text[]) as s (actor, seq, epoch, version, body)
on conflict (actor) do update
set seq = excluded.seq, epoch = excluded.epoch, version = excluded.version, body = excluded.body
where snapshot.seq <= excluded.seq`;

export class PostgresSnapshots implements Snapshots {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async load(actor: ActorId): Promise<StoredSnapshot | null> {
    const { rows } = await this.#pool.query<StoredSnapshot>(LOAD_STATEMENT, [actor]);
    return rows[0] ?? null;
  }

  async save(snapshots: readonly StoredSnapshot[]): Promise<void> {
    const rows = newestSorted(snapshots);
    if (rows.length === 0) return;
    await this.#pool.query(SAVE_STATEMENT, [
      rows.map((row) => row.actor),
      rows.map((row) => row.seq),
      rows.map((row) => row.epoch),
      rows.map((row) => row.version),
      rows.map((row) => JSON.stringify(row.body ?? null)),
    ]);
  }
}

/** One an actor, as an upsert meets a row once only; sorted, so that two savers lock rows in the same order. */
function newestSorted(snapshots: readonly StoredSnapshot[]): readonly StoredSnapshot[] {
  const newest = new Map<ActorId, StoredSnapshot>();
  for (const snapshot of snapshots) {
    const held = newest.get(snapshot.actor);
    if (held === undefined || snapshot.seq >= held.seq) newest.set(snapshot.actor, snapshot);
  }
  return [...newest.values()].sort((a, b) => a.actor < b.actor ? -1 : 1);
}
