/** The world's only clock: a heap of events, between which all promises run dry. */
import { setImmediate } from "node:timers";

interface Happening {
  readonly atMs: number;
  readonly order: number;
  action: (() => void) | null;
}

/** Midnight, 1 January 2030 UTC: far from zero, so that a duration mistaken for an instant shows. */
const START_MS = 1_893_456_000_000;

const sooner = (a: Happening, b: Happening): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

export class VirtualTime {
  #nowMs = START_MS;
  #order = 0;
  readonly #heap: Happening[] = [];

  nowMs(): number {
    return this.#nowMs;
  }

  /** Milliseconds since the world began. */
  elapsedMs(): number {
    return this.#nowMs - START_MS;
  }

  /** How many events have been scheduled so far. */
  scheduled(): number {
    return this.#order;
  }

  /** Runs `action` once, `delayMs` from now; events of one instant run in the order they were asked for. */
  in(delayMs: number, action: () => void): () => void {
    const happening: Happening = { atMs: this.#nowMs + Math.max(0, delayMs), order: this.#order++, action };
    this.#push(happening);
    return () => {
      happening.action = null;
    };
  }

  /** Runs the next event and everything that promises make of it. False when nothing is left to happen. */
  async step(): Promise<boolean> {
    for (let next = this.#pop(); next !== null; next = this.#pop()) {
      const { action, atMs } = next;
      if (action === null) continue;
      this.#nowMs = atMs;
      action();
      await runDry();
      return true;
    }
    return false;
  }

  #push(happening: Happening): void {
    const heap = this.#heap;
    let child = heap.length;
    heap.push(happening);
    while (child > 0) {
      const parent = (child - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !sooner(happening, above)) break;
      heap[child] = above;
      child = parent;
    }
    heap[child] = happening;
  }

  #pop(): Happening | null {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined) return null;
    if (heap.length === 0) return top;
    let parent = 0;
    for (;;) {
      let child = 2 * parent + 1;
      const [left, right] = [heap[child], heap[child + 1]];
      if (left === undefined) break;
      if (right !== undefined && sooner(right, left)) child++;
      const least = child === 2 * parent + 1 ? left : right;
      if (least === undefined || !sooner(least, last)) break;
      heap[parent] = least;
      parent = child;
    }
    heap[parent] = last;
    return top;
  }
}

/** The event loop starts an immediate only when the microtask queue is empty, however long it was. */
function runDry(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => resolve());
  });
}
