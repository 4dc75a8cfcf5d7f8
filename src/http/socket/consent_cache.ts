/** Whether a person's face may be read, remembered for a while and forgotten the moment they change their mind. */
import type { Clock } from "./clock.ts";

/** Asks the record; may answer at once. */
export type MayInfer = (userId: string) => boolean | Promise<boolean>;

interface Known {
  readonly given: boolean;
  readonly untilMs: number;
}

export class ConsentCache {
  readonly #mayInfer: MayInfer;
  readonly #clock: Clock;
  readonly #cacheMs: number;
  readonly #known = new Map<string, Known>();
  /** Rises with every change, so that an answer asked for before a change is not remembered after it. */
  readonly #changes = new Map<string, number>();

  constructor(mayInfer: MayInfer, clock: Clock, cacheMs: number) {
    this.#mayInfer = mayInfer;
    this.#clock = clock;
    this.#cacheMs = cacheMs;
  }

  async given(userId: string): Promise<boolean> {
    const known = this.#known.get(userId);
    if (known !== undefined && known.untilMs > this.#clock.nowMs()) return known.given;
    const change = this.#changes.get(userId) ?? 0;
    const given = await this.#mayInfer(userId);
    // A change on the way makes this answer old: it is asked again, and until then counts as no.
    if ((this.#changes.get(userId) ?? 0) !== change) return false;
    this.#known.set(userId, { given, untilMs: this.#clock.nowMs() + this.#cacheMs });
    return given;
  }

  changed(userId: string): void {
    this.#known.delete(userId);
    this.#changes.set(userId, (this.#changes.get(userId) ?? 0) + 1);
  }

  /** The person has no socket any more. */
  forget(userId: string): void {
    this.#known.delete(userId);
    this.#changes.delete(userId);
  }
}
