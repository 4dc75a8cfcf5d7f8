/** Chance that a seed decides: the same seed, the same run. */
import type { Chance } from "../../src/actors/ports.ts";
import { randomFrom } from "../../src/domain/random.ts";

export class SeededChance implements Chance {
  readonly #unit: () => number;

  constructor(seed: number) {
    this.#unit = randomFrom(seed >>> 0);
  }

  next(): number {
    return Math.floor(this.#unit() * 2 ** 32);
  }

  /** A chance of its own for one part of the world, so that parts do not shift each other's draws. */
  fork(): SeededChance {
    return new SeededChance(this.next());
  }

  hit(probability: number): boolean {
    return this.#unit() < probability;
  }

  between(low: number, high: number): number {
    return low + this.#unit() * (high - low);
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.#unit() * (high - low + 1));
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.whole(0, items.length - 1)] ?? items[0];
  }

  /** One of `weighted` in proportion to its weight. */
  weigh<Name extends string>(weighted: readonly [readonly [Name, number], ...(readonly [Name, number])[]]): Name {
    let point = this.between(0, weighted.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [name, weight] of weighted) {
      point -= weight;
      if (point < 0) return name;
    }
    return weighted[0][0];
  }
}
