/** A rate limit with a burst: so many a second, saved up while nothing comes. */

export class TokenBucket {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #atMs: number;

  constructor(perSecond: number, burst: number, nowMs: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#tokens = burst;
    this.#atMs = nowMs;
  }

  /** Takes one; 0 when it was granted, else the milliseconds after which one will be. */
  take(nowMs: number): number {
    this.#refill(nowMs);
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      return 0;
    }
    return this.#msUntil(1);
  }

  /** Milliseconds after which it is as good as a new one, if nothing is taken. */
  fullAfterMs(nowMs: number): number {
    this.#refill(nowMs);
    return this.#msUntil(this.#burst);
  }

  #refill(nowMs: number): void {
    // A clock set back must not take tokens away.
    const elapsedMs = Math.max(0, nowMs - this.#atMs);
    this.#tokens = Math.min(this.#burst, this.#tokens + elapsedMs * this.#perSecond / 1000);
    this.#atMs = nowMs;
  }

  #msUntil(tokens: number): number {
    return Math.ceil((tokens - this.#tokens) * 1000 / this.#perSecond);
  }
}
