/** Virtual time: what is to happen, in the order of its times. */

export type Happening = () => Promise<void>;

interface Entry {
  readonly atMs: number;
  readonly happening: Happening;
}

export class Agenda {
  readonly #entries: Entry[] = [];
  #nowMs: number;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** To the millisecond. What is asked for in the past happens next; what is asked for at one time happens in the order of asking. */
  at(aboutMs: number, happening: Happening): void {
    const atMs = Math.round(aboutMs);
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      // The earliest stands last, where taking it off costs nothing.
      if ((this.#entries[middle]?.atMs ?? -Infinity) > atMs) low = middle + 1;
      else high = middle;
    }
    this.#entries.splice(low, 0, { atMs, happening });
  }

  /** Lets everything happen that comes before `endMs`, and what follows from it. */
  async run(endMs: number): Promise<void> {
    for (let next = this.#entries.pop(); next !== undefined; next = this.#entries.pop()) {
      if (next.atMs >= endMs) break;
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      await next.happening();
    }
    this.#nowMs = endMs;
  }
}
