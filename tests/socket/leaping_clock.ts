/** A clock that runs as the wall's does, and leaps ahead when a test says so. */
import type { Clock } from "../../src/http/socket/clock.ts";
import { wallClock } from "./served_edge.ts";

interface Alarm {
  readonly dueMs: number;
  readonly action: () => void;
  cancel: () => void;
}

export class LeapingClock implements Clock {
  #aheadMs = 0;
  readonly #alarms = new Set<Alarm>();

  nowMs(): number {
    return wallClock.nowMs() + this.#aheadMs;
  }

  after(ms: number, action: () => void): () => void {
    const alarm: Alarm = { dueMs: this.nowMs() + ms, action, cancel: () => undefined };
    this.#alarms.add(alarm);
    this.#set(alarm);
    return () => {
      this.#alarms.delete(alarm);
      alarm.cancel();
    };
  }

  /** Lets `ms` milliseconds pass at once; what was due in them happens now, in order. */
  leap(ms: number): void {
    this.#aheadMs += ms;
    for (const alarm of [...this.#alarms].sort((a, b) => a.dueMs - b.dueMs)) {
      alarm.cancel();
      if (!this.#alarms.has(alarm)) continue;
      if (alarm.dueMs <= this.nowMs()) this.#ring(alarm);
      else this.#set(alarm);
    }
  }

  #set(alarm: Alarm): void {
    alarm.cancel = wallClock.after(alarm.dueMs - this.nowMs(), () => this.#ring(alarm));
  }

  #ring(alarm: Alarm): void {
    if (this.#alarms.delete(alarm)) alarm.action();
  }
}
