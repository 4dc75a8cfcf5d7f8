/** The bounded queue of one actor: four lanes, the more important first, none able to crowd out a better one. */
import type { Priority } from "../domain/aggregate.ts";

export type OfferOutcome = "accepted" | "full" | "closed";

/** Lanes from most to least important; a lane's number is its place here. */
const LANES: readonly Priority[] = ["control", "graded", "event", "ephemeral"];
const LANE_OF: Readonly<Record<Priority, number>> = { control: 0, graded: 1, event: 2, ephemeral: 3 };

/** Share of the capacity that a lane and all less important ones together may fill. */
const SHARES: readonly number[] = [1, 0.95, 0.75, 0.25];

/** First in, first out, in constant time, without holding on to what has left. */
class Lane<Item> {
  #items: (Item | null)[] = [];
  #head = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  putBack(item: Item): void {
    if (this.#head > 0) this.#items[--this.#head] = item;
    else this.#items.unshift(item);
  }

  take(): Item | null {
    if (this.#head === this.#items.length) return null;
    const item = this.#items[this.#head] ?? null;
    this.#items[this.#head++] = null;
    if (this.#head === this.#items.length) {
      this.#items = [];
      this.#head = 0;
    } else if (this.#head >= 64 && this.#head * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  *[Symbol.iterator](): Iterator<Item> {
    for (let i = this.#head; i < this.#items.length; i++) {
      const item = this.#items[i];
      if (item !== null && item !== undefined) yield item;
    }
  }
}

export class Mailbox<Item> {
  readonly #capacity: number;
  /** Made when first used: most actors of a node are idle. */
  readonly #lanes: (Lane<Item> | null)[] = [null, null, null, null];
  #size = 0;
  #closed = false;

  /** `capacity`: items that `offer` accepts before it answers `full`. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#size;
  }

  /** Adds an item at the end of its lane, unless the lane's share or the whole is used up. */
  offer(item: Item, priority: Priority): OfferOutcome {
    if (this.#closed) return "closed";
    const lane = LANE_OF[priority];
    if (this.#size >= this.#capacity) return "full";
    if (this.#sizeFrom(lane) >= this.#roomFrom(lane)) return "full";
    this.#lane(lane).push(item);
    this.#size++;
    return "accepted";
  }

  /** Adds an item whose number is bounded elsewhere (an effect's result), whatever the fill. */
  admit(item: Item, priority: Priority): OfferOutcome {
    if (this.#closed) return "closed";
    this.#lane(LANE_OF[priority]).push(item);
    this.#size++;
    return "accepted";
  }

  /** Returns a taken item to the head of its lane, to be tried again before all others of the lane. */
  putBack(item: Item, priority: Priority): void {
    this.#lane(LANE_OF[priority]).putBack(item);
    this.#size++;
  }

  /** The oldest item of the most important lane that has one. */
  take(): Item | null {
    if (this.#size === 0) return null;
    for (const lane of this.#lanes) {
      const item = lane?.take() ?? null;
      if (item !== null) {
        this.#size--;
        return item;
      }
    }
    return null;
  }

  some(test: (item: Item) => boolean): boolean {
    if (this.#size === 0) return false;
    for (const lane of this.#lanes) {
      for (const item of lane ?? []) if (test(item)) return true;
    }
    return false;
  }

  /** Empties the mailbox and returns what waited, the most important first. */
  takeAll(): Item[] {
    const items: Item[] = [];
    for (let item = this.take(); item !== null; item = this.take()) items.push(item);
    return items;
  }

  /** Accepts nothing more; what waits can still be taken. */
  close(): void {
    this.#closed = true;
  }

  #lane(lane: number): Lane<Item> {
    return this.#lanes[lane] ??= new Lane<Item>();
  }

  #sizeFrom(lane: number): number {
    let size = 0;
    for (let i = lane; i < LANES.length; i++) size += this.#lanes[i]?.size ?? 0;
    return size;
  }

  #roomFrom(lane: number): number {
    return Math.max(1, Math.floor(this.#capacity * (SHARES[lane] ?? 0)));
  }
}
