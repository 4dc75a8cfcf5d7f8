/** Real time and real chance, behind the ports that a simulation would own. */
import type { Chance, Clock } from "../actors/ports.ts";

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};

/** Drawn so many at a time: a turn asks for one, and asking the system costs more than the rest of its deciding. */
const DRAWN_AT_ONCE = 256;

class SystemChance implements Chance {
  readonly #drawn = new Uint32Array(DRAWN_AT_ONCE);
  #used = DRAWN_AT_ONCE;

  next(): number {
    if (this.#used === DRAWN_AT_ONCE) {
      crypto.getRandomValues(this.#drawn);
      this.#used = 0;
    }
    return this.#drawn[this.#used++] ?? 0;
  }
}

export const systemChance: Chance = new SystemChance();

export function systemBytes(count: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(count));
}
