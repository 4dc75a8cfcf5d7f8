/** Checkpoints and vacuums PGlite, which has none of the background processes that do this for Postgres. */
import { type Kysely, sql } from "kysely";
import type { Tables } from "./tables.ts";

const LOOK_EVERY_MS = 10_000;
/** Bounds the log on disk, and with it the replay after a crash, to well under a second. */
const LOG_BYTES_MAX = 64 * 1024 * 1024;
const VACUUM_EVERY_MS = 600_000;

export class Upkeep {
  readonly #db: Kysely<Tables>;
  #vacuumedAtMs: number;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #looking: Promise<void> = Promise.resolve();
  #failure: string | null = null;

  /** Takes over `db`, a connection of its own without a time limit. */
  constructor(db: Kysely<Tables>) {
    this.#db = db;
    this.#vacuumedAtMs = performance.now();
  }

  /** Why the latest look failed, or null. */
  failure(): string | null {
    return this.#failure;
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#looking = this.#lookAndGoOn();
    }, LOOK_EVERY_MS);
    Deno.unrefTimer(this.#timer);
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#looking;
    await this.#db.destroy();
  }

  async #lookAndGoOn(): Promise<void> {
    try {
      await this.checkpointIfDue();
      if (performance.now() - this.#vacuumedAtMs >= VACUUM_EVERY_MS) {
        this.#vacuumedAtMs = performance.now();
        await this.vacuum();
      }
      this.#failure = null;
    } catch (error) {
      // Told by readiness; the next look tries again.
      this.#failure = error instanceof Error ? error.message : String(error);
    }
    if (this.#timer !== null) this.start();
  }

  /** Writes changed pages out and lets the log start over, once the log has grown past its bound. */
  async checkpointIfDue(): Promise<"checkpointed" | "not_due"> {
    const { rows: [row] } = await sql<{ isDue: boolean }>`
      select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn) > ${LOG_BYTES_MAX}::bigint as "isDue"
      from pg_control_checkpoint()`.execute(this.#db);
    if (row?.isDue !== true) return "not_due";
    await sql`checkpoint`.execute(this.#db);
    return "checkpointed";
  }

  /** Frees the space of dead rows, a table at a time, so that other queries get their turn in between. */
  async vacuum(): Promise<void> {
    const { rows } = await sql<{ name: string }>`
      select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`
      .execute(this.#db);
    for (const { name } of rows) await sql`vacuum ${sql.table(name)}`.execute(this.#db);
  }
}
