/** A clock that a test moves by hand. */
import type { Clock } from "../../src/http/socket/clock.ts";

/** Runs on when told to; timers fire in order. */
export class HandClock implements Clock {
  #nowMs = 1_000_000;
  readonly #timers = new Set<{ dueMs: number; action: () => void }>();

  nowMs(): number {
    return this.#nowMs;
  }

  after(ms: number, action: () => void): () => void {
    const timer = { dueMs: this.#nowMs + ms, action };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  advance(ms: number): void {
    this.#nowMs += ms;
    for (const timer of [...this.#timers].sort((a, b) => a.dueMs - b.dueMs)) {
      if (timer.dueMs > this.#nowMs || !this.#timers.delete(timer)) continue;
      timer.action();
    }
  }
}
