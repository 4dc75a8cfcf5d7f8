/** One thing at a time for each person: the next begins once the one before has ended, in the order they came. */

interface Line {
  last: Promise<void>;
  length: number;
}

export class InTurn {
  readonly #lengthMax: number;
  readonly #lines = new Map<string, Line>();

  /** `lengthMax` bounds what one person has in line, what is under way included. */
  constructor(lengthMax: number) {
    this.#lengthMax = lengthMax;
  }

  /** What `work` comes to in its turn; null, and nothing begun, when the person's line is full. */
  async take<Outcome>(personId: string, work: () => Promise<Outcome>): Promise<Outcome | null> {
    const line = this.#lines.get(personId) ?? { last: Promise.resolve(), length: 0 };
    if (line.length >= this.#lengthMax) return null;
    const before = line.last;
    const ended = Promise.withResolvers<void>();
    line.last = ended.promise;
    line.length += 1;
    this.#lines.set(personId, line);
    try {
      await before;
      return await work();
    } finally {
      line.length -= 1;
      if (line.length === 0) this.#lines.delete(personId);
      ended.resolve();
    }
  }
}
