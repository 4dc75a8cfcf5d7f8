/** Frames that wait for a worker: one a learner, the newest; learners in the order they came. */

export type OfferOutcome<Item> =
  | { readonly kind: "queued" }
  /** The learner's older frame, which nobody had started on, gave way; the newer keeps its place in line. */
  | { readonly kind: "replaced"; readonly older: Item }
  | { readonly kind: "full" };

interface Waiting<Item> {
  readonly item: Item;
  readonly sinceMs: number;
}

/** A learner who is served goes to the end of the line with the next frame, so no one can crowd out another. */
export class FrameQueue<Item> {
  readonly #learnersMax: number;
  readonly #waiting = new Map<string, Waiting<Item>>();

  constructor(learnersMax: number) {
    this.#learnersMax = learnersMax;
  }

  get size(): number {
    return this.#waiting.size;
  }

  offer(learnerId: string, item: Item, nowMs: number): OfferOutcome<Item> {
    const older = this.#waiting.get(learnerId);
    if (older === undefined && this.#waiting.size >= this.#learnersMax) return { kind: "full" };
    // A Map keeps a key's place when its value changes.
    this.#waiting.set(learnerId, { item, sinceMs: older?.sinceMs ?? nowMs });
    return older === undefined ? { kind: "queued" } : { kind: "replaced", older: older.item };
  }

  /** Since when the first in line has had a frame here; null when nobody waits. */
  oldestMs(): number | null {
    for (const { sinceMs } of this.#waiting.values()) return sinceMs;
    return null;
  }

  /** Removes up to `count` frames, first come first. */
  take(count: number): Item[] {
    const taken: Item[] = [];
    for (const [learnerId, { item }] of this.#waiting) {
      if (taken.length === count) break;
      this.#waiting.delete(learnerId);
      taken.push(item);
    }
    return taken;
  }
}
