/** Of each learner's frames over their rate the newest waits for its turn; every older one gives way to it. */
import type { Clock } from "./clock.ts";
import { TokenBucket } from "./token_bucket.ts";

export interface NewestFramesLimits {
  readonly perSecondMax: number;
  /** Learners with a frame waiting; each has one at most. */
  readonly waitingMax: number;
}

export type FrameTurn<Frame> =
  /** The frame may be read now. `older` waited and never will be. */
  | { readonly kind: "now"; readonly older: Frame | null }
  /** The frame waits; `onDue` gets it. `older` waited in its place and never will be. */
  | { readonly kind: "later"; readonly older: Frame | null }
  /** Too many learners have a frame waiting. */
  | { readonly kind: "full" };

interface Waiting<Frame> {
  frame: Frame;
  cancel(): void;
}

export class NewestFrames<Frame> {
  readonly #limits: NewestFramesLimits;
  readonly #clock: Clock;
  readonly #onDue: (frame: Frame) => void;
  readonly #rates = new Map<string, TokenBucket>();
  readonly #waiting = new Map<string, Waiting<Frame>>();

  constructor(limits: NewestFramesLimits, clock: Clock, onDue: (frame: Frame) => void) {
    this.#limits = limits;
    this.#clock = clock;
    this.#onDue = onDue;
  }

  offer(learnerId: string, frame: Frame): FrameTurn<Frame> {
    const waitMs = this.#rateOf(learnerId).take(this.#clock.nowMs());
    if (waitMs === 0) return { kind: "now", older: this.drop(learnerId) };
    const waiting = this.#waiting.get(learnerId);
    if (waiting !== undefined) {
      const older = waiting.frame;
      waiting.frame = frame;
      return { kind: "later", older };
    }
    if (this.#waiting.size >= this.#limits.waitingMax) return { kind: "full" };
    this.#waiting.set(learnerId, { frame, cancel: this.#wakeAfter(waitMs, learnerId) });
    return { kind: "later", older: null };
  }

  /** Takes out the learner's waiting frame, if there is one and it is of those that `isMeant`. */
  drop(learnerId: string, isMeant: (frame: Frame) => boolean = () => true): Frame | null {
    const waiting = this.#waiting.get(learnerId);
    if (waiting === undefined || !isMeant(waiting.frame)) return null;
    this.#waiting.delete(learnerId);
    waiting.cancel();
    return waiting.frame;
  }

  /** The learner has gone; returns the frame that waited. Who comes back at once finds the rate as they left it. */
  forget(learnerId: string): Frame | null {
    this.#letGo(learnerId);
    return this.drop(learnerId);
  }

  /** Keeps the rate until a new one would be no better: a second, and no longer. */
  #letGo(learnerId: string): void {
    const fullAfterMs = this.#rates.get(learnerId)?.fullAfterMs(this.#clock.nowMs()) ?? 0;
    if (fullAfterMs === 0) this.#rates.delete(learnerId);
    else this.#clock.after(fullAfterMs, () => this.#letGo(learnerId));
  }

  #wakeAfter(ms: number, learnerId: string): () => void {
    return this.#clock.after(ms, () => this.#wake(learnerId));
  }

  #wake(learnerId: string): void {
    const waiting = this.#waiting.get(learnerId);
    if (waiting === undefined) return;
    const waitMs = this.#rateOf(learnerId).take(this.#clock.nowMs());
    if (waitMs > 0) {
      // Timers may fire early, and clocks may be set back.
      waiting.cancel = this.#wakeAfter(waitMs, learnerId);
      return;
    }
    this.#waiting.delete(learnerId);
    this.#onDue(waiting.frame);
  }

  #rateOf(learnerId: string): TokenBucket {
    const { perSecondMax } = this.#limits;
    const known = this.#rates.get(learnerId);
    if (known !== undefined) return known;
    const rate = new TokenBucket(perSecondMax, perSecondMax, this.#clock.nowMs());
    this.#rates.set(learnerId, rate);
    return rate;
  }
}
