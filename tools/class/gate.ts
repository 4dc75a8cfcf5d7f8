/** Moments of a lesson that its bots wait for: a gate that opens and shuts, and pauses that end with the lesson. */

export class Gate {
  #waiting: (() => void)[] = [];
  #isOpen = false;

  open(): void {
    this.#isOpen = true;
    for (const go of this.#waiting.splice(0)) go();
  }

  shut(): void {
    this.#isOpen = false;
  }

  /** Resolves while it is open, to how one came through. */
  async passed(): Promise<"at_once" | "after_waiting"> {
    if (this.#isOpen) return "at_once";
    while (!this.#isOpen) await new Promise<void>((resolve) => void this.#waiting.push(resolve));
    return "after_waiting";
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Bounded parallel work over a list, in its order. */
export async function each<T>(list: readonly T[], atOnceMax: number, work: (one: T) => Promise<void>): Promise<void> {
  const left = [...list];
  const workers = Array.from({ length: atOnceMax }, async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
  });
  await Promise.all(workers);
}
