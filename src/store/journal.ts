/** The journal: events of every actor, appended a batch of turns at a time under the owners' epochs. */
// @ts-types="@types/pg"
import pg from "pg";
import type { AppendOutcome, Journal, StoredEvent, TurnRecord } from "../actors/ports.ts";
import type { ActorId } from "../domain/address.ts";
import { layOut, SequenceError } from "./append_batch.ts";
import { APPEND_STATEMENT } from "./append_statement.ts";

/** Raised by `refuse_gap` in the database. */
const GAP_SQLSTATE = "NL001";

const READ_STATEMENT = `
select seq, epoch, at_ms as "atMs", type, version, body, command_id as "commandId", reply
from journal where actor = $1 and seq > $2 order by seq limit $3`;

export class PostgresJournal implements Journal {
  readonly #appends: pg.Pool;
  readonly #queries: pg.Pool;

  /** `appends` holds one connection, so that batches commit in the order they were handed over. */
  constructor(appends: pg.Pool, queries: pg.Pool) {
    this.#appends = appends;
    this.#queries = queries;
  }

  /**
   * One round trip and one commit a batch. Rejects with SequenceError when a record of a current owner leaves a gap
   * or repeats a number; after that, and only then, it is known that nothing was stored.
   */
  async append(records: readonly TurnRecord[]): Promise<readonly AppendOutcome[]> {
    if (records.length === 0) return [];
    const { groupOfRecord, values } = layOut(records);
    const fenced = await this.#fencedGroups(values);
    return groupOfRecord.map((group) => fenced.has(group) ? "fenced" : "committed");
  }

  async #fencedGroups(values: readonly unknown[]): Promise<ReadonlySet<number>> {
    try {
      const { rows } = await this.#appends.query<{ place: number }>({
        name: "append",
        text: APPEND_STATEMENT,
        values: [...values],
      });
      return new Set(rows.map((row) => row.place));
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === GAP_SQLSTATE) {
        throw new SequenceError(error.message, { cause: error });
      }
      throw error;
    }
  }

  async read(actor: ActorId, afterSeq: number, limit: number): Promise<readonly StoredEvent[]> {
    const { rows } = await this.#queries.query<StoredEvent>(READ_STATEMENT, [actor, afterSeq, limit]);
    return rows;
  }
}
