/** A clock that moves only when a test says so. */
import type { Clock, Meter } from "../../src/actors/ports.ts";

interface Alarm {
  readonly dueMs: number;
  readonly action: () => void;
}

export class ManualClock implements Clock {
  #nowMs = 0;
  readonly #alarms = new Set<Alarm>();
  #nextAlarm = Promise.withResolvers<void>();

  nowMs(): number {
    return this.#nowMs;
  }

  after(ms: number, action: () => void): () => void {
    const alarm = { dueMs: this.#nowMs + ms, action };
    this.#alarms.add(alarm);
    this.#nextAlarm.resolve();
    this.#nextAlarm = Promise.withResolvers<void>();
    return () => this.#alarms.delete(alarm);
  }

  /** Runs what falls due on the way, in order of time. */
  advance(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      const [next] = [...this.#alarms].filter((alarm) => alarm.dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs);
      if (next === undefined) break;
      this.#alarms.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.action();
    }
    this.#nowMs = untilMs;
  }

  /** Resolves when the next alarm has been set. */
  alarmSet(): Promise<void> {
    return this.#nextAlarm.promise;
  }

  get pendingAlarms(): number {
    return this.#alarms.size;
  }
}

/** Adds counts up by name, and lets a test wait for one. */
export class CountingMeter implements Meter {
  readonly counts = new Map<string, number>();
  readonly #waiting = new Map<string, PromiseWithResolvers<void>>();

  count(name: string, by = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + by);
    this.#waiting.get(name)?.resolve();
    this.#waiting.delete(name);
  }

  /** Resolves when `name` is counted the next time. */
  counted(name: string): Promise<void> {
    const waiting = this.#waiting.get(name) ?? Promise.withResolvers<void>();
    this.#waiting.set(name, waiting);
    return waiting.promise;
  }

  observe(): void {}
}
