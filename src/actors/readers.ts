/** Reads and watches that wait for their actor to be ready. */
import { refusal, type Refused } from "./delivery.ts";
import type { Watcher } from "./envelope.ts";
import type { RuntimeLimits } from "./limits.ts";

export class Readers {
  readonly #limits: RuntimeLimits;
  /** Made when first used. */
  #waiting: ((refused: Refused | null) => void)[] | null = null;
  /** Watchers whose watch is waiting. */
  #joining: Set<Watcher> | null = null;

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

  /** Resolves as `ready` does, on behalf of a watcher that may leave meanwhile. */
  async waitToJoin(watcher: Watcher, ready: () => Promise<Refused | null>): Promise<Refused | null> {
    this.#joining ??= new Set();
    this.#joining.add(watcher);
    const refused = await ready();
    const stays = this.#joining.delete(watcher);
    return stays ? refused : refusal("restarting", "left before it had joined", 0);
  }

  /** The watcher no longer wants to join. */
  leave(watcher: Watcher): void {
    this.#joining?.delete(watcher);
  }

  answer(refused: Refused | null): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const resolve of waiting) resolve(refused);
  }
}
