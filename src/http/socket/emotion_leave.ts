/** Leave to read a learner's face, remembered for a while and asked for again the moment anybody changes their mind. */
import type { ClosedGate, ClosedGateOf } from "../emotion_gates.ts";
import type { Clock } from "./clock.ts";

/** What was allowed up to now; another one as soon as anything may have changed. */
export type Standing = object;

/** Learners remembered; the longest known is forgotten first, and asked for again. */
const REMEMBERED_MAX = 20_000;

interface Known {
  readonly closed: ClosedGate | null;
  readonly untilMs: number;
}

export class EmotionLeave {
  readonly #closedGateOf: ClosedGateOf;
  readonly #clock: Clock;
  readonly #cacheMs: number;
  readonly #known = new Map<string, Known>();
  readonly #standings = new Map<string, Standing>();

  constructor(closedGateOf: ClosedGateOf, clock: Clock, cacheMs: number) {
    this.#closedGateOf = closedGateOf;
    this.#clock = clock;
    this.#cacheMs = cacheMs;
  }

  /** Which gate is closed now, or null. Rejects when nobody can tell: then nothing may be read. */
  async closedGate(learnerId: string): Promise<ClosedGate | null> {
    const known = this.#known.get(learnerId);
    if (known !== undefined && known.untilMs > this.#clock.nowMs()) return known.closed;
    const standing = this.standing(learnerId);
    const closed = await this.#closedGateOf(learnerId);
    // A change on the way makes this answer old: it counts for nothing, and is asked for again.
    if (!this.stands(learnerId, standing)) return await this.closedGate(learnerId);
    this.#known.set(learnerId, { closed, untilMs: this.#clock.nowMs() + this.#cacheMs });
    return closed;
  }

  /** To be shown to {@link EmotionLeave.stands} later: whether anything may have changed since. */
  standing(learnerId: string): Standing {
    const known = this.#standings.get(learnerId);
    if (known !== undefined) return known;
    const [oldest] = this.#standings.keys();
    if (oldest !== undefined && this.#standings.size >= REMEMBERED_MAX) this.forget(oldest);
    const fresh = {};
    this.#standings.set(learnerId, fresh);
    return fresh;
  }

  stands(learnerId: string, standing: Standing): boolean {
    return this.#standings.get(learnerId) === standing;
  }

  /** Their consent or their sessions have changed, or nobody asks about them any more. */
  forget(learnerId: string): void {
    this.#known.delete(learnerId);
    this.#standings.delete(learnerId);
  }

  /** A class has another policy, and nobody here knows whose class it is. */
  forgetAll(): void {
    this.#known.clear();
    this.#standings.clear();
  }
}
