/** The last events of an actor, kept in memory for watchers that come back. */

export interface PastEvent<E> {
  readonly seq: number;
  readonly epoch: number;
  readonly atMs: number;
  readonly event: E;
}

export class ReplayRing<E> {
  readonly #max: number;
  #past: PastEvent<E>[] = [];
  /** Index of the oldest event once the ring is full. */
  #oldest = 0;

  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#past.length;
  }

  /** Adds the event that follows the last one added; after a gap the ring starts anew. */
  add(past: PastEvent<E>): void {
    if (this.#max <= 0) return;
    const newest = this.#at(this.#past.length - 1);
    if (newest !== undefined && past.seq !== newest.seq + 1) this.clear();
    if (this.#past.length < this.#max) {
      this.#past.push(past);
    } else {
      this.#past[this.#oldest] = past;
      this.#oldest = (this.#oldest + 1) % this.#max;
    }
  }

  /** Events with `seq > afterSeq` up to `lastSeq`, in order, or null when the ring does not hold all of them. */
  after(afterSeq: number, lastSeq: number): readonly PastEvent<E>[] | null {
    const first = this.#at(0);
    const newest = this.#at(this.#past.length - 1);
    if (first === undefined || newest === undefined) return null;
    if (first.seq > afterSeq + 1 || newest.seq !== lastSeq) return null;
    const missed: PastEvent<E>[] = [];
    for (let i = afterSeq + 1 - first.seq; i < this.#past.length; i++) {
      const past = this.#at(i);
      if (past !== undefined) missed.push(past);
    }
    return missed;
  }

  clear(): void {
    this.#past = [];
    this.#oldest = 0;
  }

  #at(place: number): PastEvent<E> | undefined {
    return this.#past[(this.#oldest + place) % Math.max(this.#past.length, 1)];
  }
}
