/** Decides when waiting requests leave as one batch: when full, or when the oldest has waited long enough. */
import type { Clock } from "../actors/ports.ts";

export interface BatchLimits {
  readonly batchMax: number;
  /** The longest a request may be held back for company while a worker is free. */
  readonly batchWaitMsMax: number;
}

/** Where requests wait, in the order they shall leave. */
export interface BatchSource<Request> {
  readonly size: number;
  oldestMs(): number | null;
  take(count: number): Request[];
}

/** Who carries batches out. */
export interface BatchLanes<Request> {
  /** How many batches could start now. */
  free(): number;
  /** Carries a batch out and answers its requests, failures included. Never rejects. */
  send(batch: readonly Request[]): Promise<void>;
}

/** Share of a new gap in the running mean of gaps between arrivals. */
const GAP_SHARE = 0.2;
/** A gap counts for at most this many wait limits, so that a quiet night is forgotten after a few arrivals. */
const GAP_LIMITS_MAX = 10;

/**
 * The wait adapts: with gaps of `g` ms between arrivals a batch that lacks `k` requests fills in about `k * g` ms, so
 * it waits that long and no longer; and where the next arrival is not expected within the limit it does not wait at
 * all. An idle server therefore answers at once.
 */
export class MicroBatcher<Request> {
  readonly #limits: () => BatchLimits;
  readonly #source: BatchSource<Request>;
  readonly #lanes: BatchLanes<Request>;
  readonly #clock: Clock;
  #gapMs = Infinity;
  #lastArrivalMs = -Infinity;
  #cancelTimer: (() => void) | null = null;

  /** `limits` is asked each time: they change when a lost GPU is replaced by WASM. */
  constructor(limits: () => BatchLimits, source: BatchSource<Request>, lanes: BatchLanes<Request>, clock: Clock) {
    this.#limits = limits;
    this.#source = source;
    this.#lanes = lanes;
    this.#clock = clock;
  }

  /** To be called when a request has been put into the source. */
  arrived(): void {
    const nowMs = this.#clock.nowMs();
    const gapMs = Math.min(nowMs - this.#lastArrivalMs, GAP_LIMITS_MAX * this.#limits().batchWaitMsMax);
    this.#gapMs = Number.isFinite(this.#gapMs) ? (1 - GAP_SHARE) * this.#gapMs + GAP_SHARE * gapMs : gapMs;
    this.#lastArrivalMs = nowMs;
    this.dispatch();
  }

  /** How long the oldest request may wait for company, at the present rate of arrivals. */
  waitLimitMs(): number {
    const { batchMax, batchWaitMsMax } = this.#limits();
    if (this.#gapMs > batchWaitMsMax) return 0;
    return Math.min(batchWaitMsMax, this.#gapMs * Math.max(0, batchMax - this.#source.size));
  }

  /** Sends what may leave now; to be called when a lane becomes free. */
  dispatch(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    while (this.#lanes.free() > 0) {
      const oldestMs = this.#source.oldestMs();
      if (oldestMs === null) return;
      const leftMs = oldestMs + this.waitLimitMs() - this.#clock.nowMs();
      if (this.#source.size < this.#limits().batchMax && leftMs > 0) {
        this.#cancelTimer = this.#clock.after(leftMs, () => this.dispatch());
        return;
      }
      void this.#lanes.send(this.#source.take(this.#limits().batchMax));
    }
  }

  /** Stops the timer; what waits stays in the source. */
  close(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }
}
