/** Lets so many recoveries read the store at a time; the others wait in order, so many at most. */

/** Too many actors are waiting to be read. */
export class RecoveryQueueFullError extends Error {
  override readonly name = "RecoveryQueueFullError";
}

export class RecoveryGate {
  readonly #runningMax: number;
  readonly #waitingMax: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(runningMax: number, waitingMax: number) {
    this.#runningMax = runningMax;
    this.#waitingMax = waitingMax;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Runs `work` when it is its turn and settles as it does. Rejects with {@link RecoveryQueueFullError} when full. */
  async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#runningMax) {
      if (this.#waiting.length >= this.#waitingMax) {
        throw new RecoveryQueueFullError(`${this.#waiting.length} actors are waiting`);
      }
      await new Promise<void>((resume) => this.#waiting.push(resume));
    } else this.#running++;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      // The place passes on to the next, so the count stays.
      if (next !== undefined) next();
      else this.#running--;
    }
  }
}
