/** Crashes at the worst instant: right after the store has done something, before the caller hears of it. */

/** A call of the store after which to crash, when it is done for the n-th time from now. */
export interface Trap {
  readonly call: "append" | "claim" | "save" | "settle" | "keep" | "endLease";
  countdown: number;
}

export class Traps {
  readonly #armed: Trap[] = [];

  set(trap: Trap): void {
    this.#armed.push(trap);
  }

  clear(): void {
    this.#armed.length = 0;
  }

  /** Whether a trap goes off now that `call` has been done. */
  springs(call: string): boolean {
    const at = this.#armed.findIndex((trap) => trap.call === call && --trap.countdown <= 0);
    if (at < 0) return false;
    this.#armed.splice(at, 1);
    return true;
  }
}
