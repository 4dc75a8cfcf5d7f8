/** Reads and watches that wait for their actor to be ready. */
import { refusal, type Refused } from "./delivery.ts";
import type { RuntimeLimits } from "./limits.ts";

export class Readers {
  readonly #limits: RuntimeLimits;
  /** Made when first used. */
  #waiting: ((refused: Refused | null) => void)[] | null = null;

  constructor(limits: RuntimeLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#waiting?.length ?? 0;
  }

  /** Resolves null when the actor is ready, or with why it will not be. */
  wait(): Promise<Refused | null> {
    if (this.size >= this.#limits.readersWaitingMax) {
      return Promise.resolve(refusal("mailbox_full", "too many readers are waiting", this.#limits.backoffMsMin));
    }
    return new Promise((resolve) => (this.#waiting ??= []).push(resolve));
  }

  answer(refused: Refused | null): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const resolve of waiting) resolve(refused);
  }
}
