/** A binary heap of things that become due, the soonest on top. */

export interface Due {
  /** Milliseconds since the Unix epoch. Must not change while in the heap. */
  readonly fireAtMs: number;
}

export class TimerHeap<T extends Due> {
  #heap: T[] = [];

  get size(): number {
    return this.#heap.length;
  }

  peek(): T | null {
    return this.#heap[0] ?? null;
  }

  push(item: T): void {
    const heap = this.#heap;
    let place = heap.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || above.fireAtMs <= item.fireAtMs) break;
      heap[place] = above;
      place = parent;
    }
    heap[place] = item;
  }

  pop(): T | null {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined) return null;
    if (heap.length > 0) this.#sink(last);
    return top;
  }

  /** Drops everything that is not `wanted`. */
  keep(wanted: (item: T) => boolean): void {
    const kept = this.#heap.filter(wanted);
    this.#heap = [];
    for (const item of kept) this.push(item);
  }

  /** Lets `item` sink from the top to where it belongs. */
  #sink(item: T): void {
    const heap = this.#heap;
    let place = 0;
    for (;;) {
      let child = place * 2 + 1;
      const left = heap[child];
      if (left === undefined) break;
      const right = heap[child + 1];
      let sooner = left;
      if (right !== undefined && right.fireAtMs < left.fireAtMs) {
        sooner = right;
        child++;
      }
      if (item.fireAtMs <= sooner.fireAtMs) break;
      heap[place] = sooner;
      place = child;
    }
    heap[place] = item;
  }
}
