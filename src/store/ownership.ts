/** Who owns an actor, and which nodes live, judged by the database's clock. */
import type { ClaimOutcome, Ownership } from "../actors/ports.ts";
import type { ActorId } from "../domain/address.ts";
import type { Pool } from "./connections.ts";

/** A claim that met another one in mid-air sees neither its own row nor the other's; it looks again. */
const CLAIM_TRIES_MAX = 5;

export class ClaimContentionError extends Error {
  override readonly name = "ClaimContentionError";
}

const CLAIM_STATEMENT = `
with live as (
  select node, lease_until - clock_timestamp() as remaining from node where lease_until > clock_timestamp()
), claimed as (
  insert into owner as o (actor, epoch, node) values ($1, 1, $2)
  on conflict (actor) do update set epoch = o.epoch + 1, node = excluded.node
  where o.node is null or o.node = excluded.node or not exists (select from live where live.node = o.node)
  returning o.epoch
)
select claimed.epoch, null as holder, null as retry_after_ms from claimed
union all
select null, o.node, ceil(extract(epoch from live.remaining) * 1000)::int
from owner o join live on live.node = o.node
where o.actor = $1 and o.node <> $2 and not exists (select from claimed)`;

const RELEASE_STATEMENT = `update owner set node = null where actor = $1 and epoch = $2`;

const RENEW_STATEMENT = `
insert into node as n (node, lease_until) values ($1, clock_timestamp() + $2 * interval '1 millisecond')
on conflict (node) do update set lease_until = excluded.lease_until
returning coalesce((select before.lease_until > now() from node before where before.node = $1), true) as "inTime"`;

// Nodes that died for good are forgotten on the way. One that merely slept knows from its own clock that it was late.
const END_STATEMENT = `
delete from node where node = $1 or lease_until < clock_timestamp() - interval '1 day'`;

interface ClaimRow {
  readonly epoch: number | null;
  readonly holder: string | null;
  readonly retry_after_ms: number | null;
}

export class PostgresOwnership implements Ownership {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Throws {@link ClaimContentionError} when others kept claiming the actor all the while. */
  async claim(actor: ActorId, node: string): Promise<ClaimOutcome> {
    for (let tries = 0; tries < CLAIM_TRIES_MAX; tries++) {
      const { rows: [row] } = await this.#pool.query<ClaimRow>(CLAIM_STATEMENT, [actor, node]);
      if (row === undefined) continue;
      if (row.epoch !== null) return { kind: "claimed", epoch: row.epoch };
      if (row.holder !== null) return { kind: "held", node: row.holder, retryAfterMs: row.retry_after_ms ?? 0 };
    }
    throw new ClaimContentionError(`${actor}: claimed by others ${CLAIM_TRIES_MAX} times in a row`);
  }

  async release(actor: ActorId, epoch: number): Promise<void> {
    await this.#pool.query(RELEASE_STATEMENT, [actor, epoch]);
  }

  async renewLease(node: string, leaseMs: number): Promise<boolean> {
    const { rows: [row] } = await this.#pool.query<{ inTime: boolean }>(RENEW_STATEMENT, [node, leaseMs]);
    return row?.inTime ?? false;
  }

  async endLease(node: string): Promise<void> {
    await this.#pool.query(END_STATEMENT, [node]);
  }
}
