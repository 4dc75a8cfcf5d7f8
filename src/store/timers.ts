/** Durable timers that are due; they are set and cleared by the append statement. */
import type { StoredTimer, Timers } from "../actors/ports.ts";
import type { Pool } from "./connections.ts";

const DUE_STATEMENT = `
select t.actor, t.name, t.due_ms as "dueMs", t.command
from timer t left join owner o on o.actor = t.actor
where t.due_ms <= $2 and (
  o.node is null or o.node = $1
  or not exists (select from node n where n.node = o.node and n.lease_until > clock_timestamp())
)
order by t.due_ms, t.actor, t.name limit $3`;

export class PostgresTimers implements Timers {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Those of a node whose lease has run out count as nobody's. */
  async due(node: string, untilMs: number, limit: number): Promise<readonly StoredTimer[]> {
    const { rows } = await this.#pool.query<StoredTimer>(DUE_STATEMENT, [node, untilMs, limit]);
    return rows;
  }
}
