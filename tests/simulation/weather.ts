/** What becomes of a call to the store: how long it takes, whether it is done, and what the caller hears. */
import type { SeededChance } from "./seeded_chance.ts";

export interface Fate {
  /** When the store does it; null: never. */
  readonly workMs: number | null;
  /** When the caller hears of it. */
  readonly replyMs: number;
  readonly heard: "result" | "failure";
}

export interface Climate {
  /** Share of calls that go wrong in a storm, 0 to 1. */
  readonly faultShare: number;
  /** Usual one-way delay in milliseconds. */
  readonly latencyMs: number;
}

export class Weather {
  readonly #climate: Climate;
  readonly #chance: SeededChance;
  #storm = false;
  #calm = false;
  #hadFaults = false;
  readonly #cutOff = new Set<string>();

  constructor(climate: Climate, chance: SeededChance) {
    this.#climate = climate;
    this.#chance = chance;
  }

  /** Whether anything has gone wrong with any call so far. */
  get hadFaults(): boolean {
    return this.#hadFaults;
  }

  storm(): void {
    this.#storm = true;
  }

  clear(): void {
    this.#storm = false;
  }

  /** The node on `seat` can no longer reach the store. */
  cutOff(seat: string): void {
    this.#cutOff.add(seat);
  }

  reconnect(seat: string): void {
    this.#cutOff.delete(seat);
  }

  /** No more faults, now or later. */
  calm(): void {
    this.#calm = true;
  }

  /** What becomes of the next call of the node on `seat`. */
  fate(seat: string): Fate {
    const chance = this.#chance;
    const { latencyMs, faultShare } = this.#climate;
    const workMs = chance.between(0.1, latencyMs);
    const replyMs = workMs + chance.between(0.1, latencyMs);
    if (this.#calm) return { workMs, replyMs, heard: "result" };
    const cutOff = this.#cutOff.has(seat);
    if (!cutOff && (!this.#storm || !chance.hit(faultShare))) return { workMs, replyMs, heard: "result" };
    this.#hadFaults = true;
    if (cutOff) return { workMs: null, replyMs: replyMs + 20, heard: "failure" };
    switch (chance.weigh([["slow", 4], ["refused", 2], ["unknown", 2], ["late", 2], ["hung", 1]])) {
      case "slow": {
        const slowMs = chance.between(5, 400);
        return { workMs: slowMs, replyMs: slowMs + chance.between(0.1, 200), heard: "result" };
      }
      case "refused":
        return { workMs: null, replyMs, heard: "failure" };
      case "unknown":
        return { workMs, replyMs, heard: "failure" };
      case "late":
        return { workMs: replyMs + chance.between(0.1, 3000), replyMs, heard: "failure" };
      case "hung":
        return { workMs: chance.between(10, 9000), replyMs: chance.between(2000, 6000), heard: "failure" };
    }
  }
}
