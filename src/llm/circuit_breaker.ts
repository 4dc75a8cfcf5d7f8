/** Leaves a host alone that has failed again and again: one call probes it after a while, the others get no answer. */
import { CIRCUIT_OPEN_MS_MAX, CIRCUIT_OPEN_MS_MIN, FAILURES_MAX } from "./limits.ts";

/** `neither`: the call says nothing about the host, such as one that was stopped. */
export type CallEnd = "succeeded" | "failed" | "neither";

export class CircuitBreaker {
  readonly #nowMs: () => number;
  #failuresInARow = 0;
  /** Times in a row that the circuit has opened without a success in between. */
  #openings = 0;
  /** Null while the circuit is closed. */
  #probeAtMs: number | null = null;
  #isProbing = false;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  get state(): "closed" | "open" | "half_open" {
    if (this.#probeAtMs === null) return "closed";
    return this.#nowMs() >= this.#probeAtMs ? "half_open" : "open";
  }

  /** Takes a call in; what it returns is to be told once how the call ended. Null: no call may go out now. */
  admit(): ((end: CallEnd) => void) | null {
    switch (this.state) {
      case "closed":
        return (end) => this.#ended(end);
      case "open":
        return null;
      case "half_open":
        if (this.#isProbing) return null;
        this.#isProbing = true;
        return (end) => this.#probed(end);
    }
  }

  #ended(end: CallEnd): void {
    // A call from before the circuit opened tells nothing new.
    if (end === "neither" || this.#probeAtMs !== null) return;
    this.#failuresInARow = end === "failed" ? this.#failuresInARow + 1 : 0;
    if (this.#failuresInARow >= FAILURES_MAX) this.#open();
  }

  #probed(end: CallEnd): void {
    this.#isProbing = false;
    if (end === "failed") this.#open();
    if (end !== "succeeded") return;
    this.#probeAtMs = null;
    this.#failuresInARow = 0;
    this.#openings = 0;
  }

  #open(): void {
    const openMs = Math.min(CIRCUIT_OPEN_MS_MAX, CIRCUIT_OPEN_MS_MIN * 2 ** this.#openings);
    this.#openings += 1;
    this.#probeAtMs = this.#nowMs() + openMs;
  }
}
