/** Looks whether a roster was changed through another node, and has all that rests on rosters judged anew (A7). */
import type { EdgeLog } from "./edge_log.ts";
import type { Rosters } from "./ports.ts";

/** How long a change through another node may go unseen here. */
const LOOK_MS = 2_000;

export interface RosterWatchParts {
  readonly rosters: Pick<Rosters, "revision">;
  /** Judges everything anew that rests on a roster. */
  readonly changed: () => Promise<void>;
  readonly clock: { after(ms: number, action: () => void): () => void };
  readonly log: EdgeLog;
}

export class RosterWatch {
  readonly #parts: RosterWatchParts;
  /** Null: nothing has been read yet, so nothing rests on it. */
  #seen: number | null = null;
  #cancel: () => void = () => {};
  #isStopped = false;
  #isBlind = false;

  constructor(parts: RosterWatchParts) {
    this.#parts = parts;
    void this.#look();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  async #look(): Promise<void> {
    const { rosters, changed, clock, log } = this.#parts;
    try {
      const revision = await rosters.revision();
      if (this.#seen !== null && revision !== this.#seen) await changed();
      this.#seen = revision;
      this.#isBlind = false;
    } catch (error) {
      if (!this.#isBlind) log.write("error", "changes of rosters are not seen", { reason: String(error) });
      this.#isBlind = true;
    }
    if (!this.#isStopped) this.#cancel = clock.after(LOOK_MS, () => void this.#look());
  }
}
