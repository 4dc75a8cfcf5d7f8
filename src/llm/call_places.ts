/** Bounds the calls under way; who comes too many waits in line, and who finds the line full is told at once. */
import { CALLS_MAX, CALLS_WAITING_MAX } from "./limits.ts";

interface Waiting {
  readonly granted: () => void;
}

export class CallPlaces {
  #taken = 0;
  readonly #waiting = new Set<Waiting>();

  /** How many calls are under way. */
  get taken(): number {
    return this.#taken;
  }

  /** Resolves once a place is free: to what gives it back. Null when the line is full or `signal` aborts first. */
  async take(signal: AbortSignal): Promise<(() => void) | null> {
    if (signal.aborted) return null;
    if (this.#taken >= CALLS_MAX) {
      if (this.#waiting.size >= CALLS_WAITING_MAX || (await this.#turn(signal)) === "left") return null;
    } else this.#taken += 1;
    let isGivenBack = false;
    return () => {
      if (!isGivenBack) this.#giveBack();
      isGivenBack = true;
    };
  }

  #turn(signal: AbortSignal): Promise<"granted" | "left"> {
    const { promise, resolve } = Promise.withResolvers<"granted" | "left">();
    const leave = () => {
      if (this.#waiting.delete(waiting)) resolve("left");
    };
    const waiting = {
      granted: () => {
        signal.removeEventListener("abort", leave);
        resolve("granted");
      },
    };
    this.#waiting.add(waiting);
    signal.addEventListener("abort", leave, { once: true });
    return promise;
  }

  /** The place goes on to who has waited longest. */
  #giveBack(): void {
    const [next] = this.#waiting;
    if (next === undefined) this.#taken -= 1;
    else {
      this.#waiting.delete(next);
      next.granted();
    }
  }
}
