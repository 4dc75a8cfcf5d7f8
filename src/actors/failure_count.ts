/** How often an actor has failed on each command, by id: a timer's command comes anew each time it is tried. */

/** Commands counted at a time; more than that fail at once only when every command does. */
const COUNTED_MAX = 64;

export class FailureCount {
  /** Made when first used. */
  #counts: Map<string, number> | null = null;

  /** Counts one more failure and returns how many there are. */
  add(commandId: string): number {
    this.#counts ??= new Map<string, number>();
    const count = (this.#counts.get(commandId) ?? 0) + 1;
    this.#counts.delete(commandId);
    this.#counts.set(commandId, count);
    for (const oldest of this.#counts.keys()) {
      if (this.#counts.size <= COUNTED_MAX) break;
      this.#counts.delete(oldest);
    }
    return count;
  }
}
