/** Messages between actors that have not been delivered yet; the append statement puts them in. */
import type { Outbox, StoredMessage } from "../actors/ports.ts";
import type { Pool } from "./connections.ts";

// `place` counts up with the order of appends, so no sender waits behind another for ever.
const PENDING_STATEMENT = `
select m.sender || ':' || m.seq || ':' || m.idx as id, m.sender, m.seq, m.idx as index, m.target as "to", m.command
from outbox m left join owner o on o.actor = m.sender
where o.node is null or o.node = $1
  or not exists (select from node n where n.node = o.node and n.lease_until > clock_timestamp())
order by m.place limit $2`;

// Its commit does not wait for the disk, which appends have better use for: when a crash undoes it the messages come
// again, and their receivers know them.
const SETTLE_STATEMENT = `
with hurried as materialized (select set_config('synchronous_commit', 'off', true))
delete from outbox using unnest($1::text[], $2::bigint[], $3::int[]) as s (sender, seq, idx), hurried
where outbox.sender = s.sender and outbox.seq = s.seq and outbox.idx = s.idx`;

export class PostgresOutbox implements Outbox {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async pending(node: string, limit: number): Promise<readonly StoredMessage[]> {
    const { rows } = await this.#pool.query<StoredMessage>(PENDING_STATEMENT, [node, limit]);
    return rows;
  }

  async settle(messages: readonly Pick<StoredMessage, "sender" | "seq" | "index">[]): Promise<void> {
    if (messages.length === 0) return;
    // Sorted, so that two nodes that delivered the same messages lock rows in the same order.
    const rows = messages.toSorted((a, b) => a.sender < b.sender ? -1 : a.sender > b.sender ? 1 : a.seq - b.seq);
    await this.#pool.query({
      name: "settle",
      text: SETTLE_STATEMENT,
      values: [rows.map((row) => row.sender), rows.map((row) => row.seq), rows.map((row) => row.index)],
    });
  }
}
