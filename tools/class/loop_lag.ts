/** How late this process's own event loop runs: beyond a few milliseconds it is the load that is measured. */

const EVERY_MS = 20;

export class LoopLag {
  readonly lagsMs: number[] = [];
  #dueMs = performance.now() + EVERY_MS;
  readonly #timer = setInterval(() => this.#note(), EVERY_MS);

  stop(): void {
    clearInterval(this.#timer);
  }

  #note(): void {
    const nowMs = performance.now();
    this.lagsMs.push(Math.max(0, nowMs - this.#dueMs));
    this.#dueMs = nowMs + EVERY_MS;
  }
}
