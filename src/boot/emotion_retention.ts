/** Deletes summaries of emotion that are older than learners were told, at the start and every hour (M9). */
import type { Clock } from "../actors/ports.ts";
import type { EmotionHistory } from "../http/ports.ts";
import type { Log } from "./log.ts";

export const LOOK_EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;

export class EmotionRetention {
  readonly #history: Pick<EmotionHistory, "expire">;
  readonly #days: number;
  readonly #clock: Clock;
  readonly #log: Log;
  #cancel: (() => void) | null = null;
  #isStopped = false;

  constructor(history: Pick<EmotionHistory, "expire">, days: number, clock: Clock, log: Log) {
    this.#history = history;
    this.#days = days;
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
    try {
      const deleted = await this.#history.expire(this.#clock.nowMs() - this.#days * DAY_MS);
      if (deleted > 0) this.#log.write("info", "old summaries of emotion deleted", { count: deleted });
    } catch (error) {
      // Rows stay a little longer than promised, which somebody has to know; the next look tries again.
      const reason = error instanceof Error ? error.message : String(error);
      this.#log.write("error", "old summaries of emotion could not be deleted", { reason });
    }
    if (!this.#isStopped) this.#cancel = this.#clock.after(LOOK_EVERY_MS, () => void this.#look());
  }
}
