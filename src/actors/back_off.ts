/** How long an actor rests after what went wrong with it: each trouble in a row doubles the pause. */
import { backoffMs, type RuntimeLimits } from "./limits.ts";
import type { Clock } from "./ports.ts";

export class BackOff {
  readonly #clock: Clock;
  readonly #limits: RuntimeLimits;
  /** Turns and recoveries that failed since the last turn that completed. */
  #failures = 0;
  /** Appends in doubt since the last that committed; turns that store nothing say nothing about the store. */
  #doubts = 0;
  #untilMs = 0;

  constructor(clock: Clock, limits: RuntimeLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** A turn or a recovery has failed. */
  failed(): void {
    this.#failures++;
  }

  /** An append was fenced or nobody knows its outcome; returns whether the one before it was in doubt as well. */
  doubted(): "first" | "again" {
    return ++this.#doubts === 1 ? "first" : "again";
  }

  turnDone(): void {
    this.#failures = 0;
  }

  committed(): void {
    this.#doubts = 0;
  }

  /** The pause that the troubles so far ask for, milliseconds. */
  get pauseMs(): number {
    return backoffMs(this.#failures + this.#doubts, this.#limits);
  }

  /** When to come back: what is left of a rest that has begun, or the shortest pause. Milliseconds. */
  get retryAfterMs(): number {
    return Math.max(this.#limits.backoffMsMin, Math.ceil(this.#untilMs - this.#clock.nowMs()));
  }

  /** Begins a rest; `over` runs at its end. */
  rest(over: () => void): void {
    const { pauseMs } = this;
    this.#untilMs = this.#clock.nowMs() + pauseMs;
    this.#clock.after(pauseMs, over);
  }
}
