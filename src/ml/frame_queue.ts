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

/**
 * A learner has at most one frame being read and one waiting, so readings come in the order of capture, and one who
 * is served goes to the end of the line, so nobody crowds out another.
 */
export class FrameQueue<Item> {
  readonly #learnersMax: number;
  /** Frames that may be taken, by learner. A Map keeps a key's place when its value changes. */
  readonly #ready = new Map<string, Waiting<Item>>();
  /** Frames of learners who have another one being read. */
  readonly #held = new Map<string, Waiting<Item>>();
  readonly #beingRead = new Set<string>();

  /** `learnersMax` bounds the learners who have a frame waiting. */
  constructor(learnersMax: number) {
    this.#learnersMax = learnersMax;
  }

  /** Frames that may be taken. */
  get size(): number {
    return this.#ready.size;
  }

  offer(learnerId: string, item: Item, nowMs: number): OfferOutcome<Item> {
    const line = this.#beingRead.has(learnerId) ? this.#held : this.#ready;
    const older = line.get(learnerId);
    if (older === undefined && this.#ready.size + this.#held.size >= this.#learnersMax) return { kind: "full" };
    line.set(learnerId, { item, sinceMs: older?.sinceMs ?? nowMs });
    return older === undefined ? { kind: "queued" } : { kind: "replaced", older: older.item };
  }

  /** Since when the first in line has had a frame here; null when there is none to take. */
  oldestMs(): number | null {
    for (const { sinceMs } of this.#ready.values()) return sinceMs;
    return null;
  }

  /** Removes up to `count` frames, first come first; each learner's next one is held until {@link finished}. */
  take(count: number): Item[] {
    const taken: Item[] = [];
    for (const [learnerId, { item }] of this.#ready) {
      if (taken.length === count) break;
      this.#ready.delete(learnerId);
      this.#beingRead.add(learnerId);
      taken.push(item);
    }
    return taken;
  }

  /** A frame that was taken has been read: the learner's next one may be taken. */
  finished(learnerId: string): void {
    this.#beingRead.delete(learnerId);
    const next = this.#held.get(learnerId);
    if (next === undefined) return;
    this.#held.delete(learnerId);
    this.#ready.set(learnerId, next);
  }

  /** Removes what waits of one learner, if anything does. */
  drop(learnerId: string): Item | null {
    const waiting = this.#ready.get(learnerId) ?? this.#held.get(learnerId);
    this.#ready.delete(learnerId);
    this.#held.delete(learnerId);
    return waiting?.item ?? null;
  }

  /** Removes everything that waits. */
  drain(): Item[] {
    const waiting = [...this.#ready.values(), ...this.#held.values()].map(({ item }) => item);
    this.#ready.clear();
    this.#held.clear();
    return waiting;
  }
}
