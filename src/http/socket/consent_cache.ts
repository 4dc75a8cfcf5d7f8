/** What a person or a class allows, remembered for a while and forgotten the moment they change their mind. */
import type { Clock } from "./clock.ts";

/** Asks the record; may answer at once. */
export type MayInfer = (id: string) => boolean | Promise<boolean>;

/** What was allowed up to now; another one as soon as anything may have changed. */
export type Standing = object;

/** People and classes remembered; the longest known is forgotten first, and asked for again. */
const REMEMBERED_MAX = 20_000;

interface Known {
  readonly given: boolean;
  readonly untilMs: number;
}

export class ConsentCache {
  readonly #mayInfer: MayInfer;
  readonly #clock: Clock;
  readonly #cacheMs: number;
  readonly #known = new Map<string, Known>();
  readonly #standings = new Map<string, Standing>();

  constructor(mayInfer: MayInfer, clock: Clock, cacheMs: number) {
    this.#mayInfer = mayInfer;
    this.#clock = clock;
    this.#cacheMs = cacheMs;
  }

  async given(id: string): Promise<boolean> {
    const known = this.#known.get(id);
    if (known !== undefined && known.untilMs > this.#clock.nowMs()) return known.given;
    const standing = this.standing(id);
    const given = await this.#mayInfer(id);
    // A change on the way makes this answer old: it is asked again, and until then counts as no.
    if (!this.stands(id, standing)) return false;
    this.#known.set(id, { given, untilMs: this.#clock.nowMs() + this.#cacheMs });
    return given;
  }

  /** To be shown to {@link ConsentCache.stands} later: whether anything may have changed since. */
  standing(id: string): Standing {
    const known = this.#standings.get(id);
    if (known !== undefined) return known;
    const [oldest] = this.#standings.keys();
    if (oldest !== undefined && this.#standings.size >= REMEMBERED_MAX) this.forget(oldest);
    const fresh = {};
    this.#standings.set(id, fresh);
    return fresh;
  }

  stands(id: string, standing: Standing): boolean {
    return this.#standings.get(id) === standing;
  }

  /** They have changed their mind, or nobody asks about them any more. */
  forget(id: string): void {
    this.#known.delete(id);
    this.#standings.delete(id);
  }
}
