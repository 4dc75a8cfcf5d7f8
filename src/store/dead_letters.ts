/** Messages set aside because their actor failed on them again and again. */
import type { DeadLetter, DeadLetters } from "../actors/ports.ts";
import type { Pool } from "./connections.ts";

const KEEP_STATEMENT = `
insert into dead_letter (actor, command_id, command, reason, at_ms) values ($1, $2, $3, $4, $5)
on conflict (actor, command_id) do nothing`;

const LIST_STATEMENT = `
select actor, command_id as "commandId", command, reason, at_ms as "atMs"
from dead_letter order by place desc limit $1`;

export class PostgresDeadLetters implements DeadLetters {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The first reason stays when the same command is set aside again. */
  async keep({ actor, commandId, command, reason, atMs }: DeadLetter): Promise<void> {
    // A reason may quote what the learner typed, and text columns hold no NUL.
    const values = [actor, commandId, JSON.stringify(command ?? null), reason.replaceAll("\0", ""), atMs];
    await this.#pool.query(KEEP_STATEMENT, values);
  }

  /** Newest first. */
  async list(limit: number): Promise<readonly DeadLetter[]> {
    const { rows } = await this.#pool.query<DeadLetter>(LIST_STATEMENT, [limit]);
    return rows;
  }
}
