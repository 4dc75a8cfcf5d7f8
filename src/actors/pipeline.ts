/** Turns decided ahead of their commit, and the two states they lie between. */
import type { Basis, Turn } from "./turn.ts";

export class Pipeline<S, C, E, X> {
  /** What has committed, and what was noted up to there. */
  committed: Basis<S>;
  /** What the next turn is decided on. */
  speculated: Basis<S>;
  #turns: Turn<S, C, E, X>[] = [];

  constructor(basis: Basis<S>) {
    this.committed = basis;
    this.speculated = basis;
  }

  get size(): number {
    return this.#turns.length;
  }

  push(turn: Turn<S, C, E, X>): void {
    this.#turns.push(turn);
    this.speculated = turn.after;
  }

  /** The turn of a command that is under way. */
  find(commandId: string): Turn<S, C, E, X> | null {
    for (const turn of this.#turns) if (turn.delivery.commandId === commandId) return turn;
    return null;
  }

  /** Whether a turn under way sets or clears this timer. */
  changesTimer(name: string): boolean {
    for (const { record } of this.#turns) {
      if (record === null) continue;
      if (record.timersCleared.includes(name) || record.timersSet.some((timer) => timer.name === name)) return true;
    }
    return false;
  }

  /** Moves the oldest turn into the committed state once it has nothing left to wait for. */
  takeCommitted(): Turn<S, C, E, X> | null {
    const head = this.#turns[0];
    if (head === undefined || (head.record !== null && head.status !== "committed")) return null;
    this.#turns.shift();
    this.committed = head.after;
    return head;
  }

  /** Gives up every turn under way and goes back to the committed state. */
  abandon(): readonly Turn<S, C, E, X>[] {
    const abandoned = this.#turns;
    this.#turns = [];
    for (const turn of abandoned) turn.status = "cancelled";
    this.speculated = this.committed;
    return abandoned;
  }
}
