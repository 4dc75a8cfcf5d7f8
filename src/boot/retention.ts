/** Deletes what is older than it may be kept, at the start and every hour (M9, U10). */
import type { Clock } from "../actors/ports.ts";
import type { Log } from "./log.ts";

export const LOOK_EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Where something is kept for a number of days. */
export interface KeptForDays {
  /** In the plural, for the log. */
  readonly what: string;
  readonly days: number;
  /** Deletes what is of before `beforeMs`; tells how many. */
  expire(beforeMs: number): Promise<number>;
}

export class Retention {
  readonly #kept: KeptForDays;
  readonly #clock: Clock;
  readonly #log: Log;
  #cancel: (() => void) | null = null;
  #isStopped = false;

  constructor(kept: KeptForDays, clock: Clock, log: Log) {
    this.#kept = kept;
    this.#clock = clock;
    this.#log = log;
  }

  start(): void {
    void this.#look();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  async #look(): Promise<void> {
    const { what, days } = this.#kept;
    try {
      const deleted = await this.#kept.expire(this.#clock.nowMs() - days * DAY_MS);
      if (deleted > 0) this.#log.write("info", `old ${what} deleted`, { count: deleted });
    } catch (error) {
      // Rows stay a little longer than promised, which somebody has to know; the next look tries again.
      const reason = error instanceof Error ? error.message : String(error);
      this.#log.write("error", `old ${what} could not be deleted`, { reason });
    }
    if (!this.#isStopped) this.#cancel = this.#clock.after(LOOK_EVERY_MS, () => void this.#look());
  }
}
