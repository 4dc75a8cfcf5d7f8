/** Questions that wait for the knowledge model, first come, first served, no more than a bound. */

interface Waiting<Item> {
  readonly item: Item;
  readonly sinceMs: number;
}

export class QuestionQueue<Item> {
  readonly #waitingMax: number;
  /** In the order of arrival, since a Set keeps that of insertion. */
  readonly #waiting = new Set<Waiting<Item>>();

  constructor(waitingMax: number) {
    this.#waitingMax = waitingMax;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** Takes `item` into the line; the returned function takes it out again. Null when the line is full. */
  offer(item: Item, nowMs: number): (() => void) | null {
    if (this.#waiting.size >= this.#waitingMax) return null;
    const waiting = { item, sinceMs: nowMs };
    this.#waiting.add(waiting);
    return () => void this.#waiting.delete(waiting);
  }

  oldestMs(): number | null {
    for (const { sinceMs } of this.#waiting) return sinceMs;
    return null;
  }

  take(count: number): Item[] {
    const taken = [...this.#waiting].slice(0, count);
    for (const waiting of taken) this.#waiting.delete(waiting);
    return taken.map(({ item }) => item);
  }
}
