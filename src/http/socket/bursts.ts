/** Frames of a busy socket leave together: the first of a moment at once, those after it as one message at its end. */
import type { Clock } from "./clock.ts";
import { utf8Bytes } from "./encoded.ts";
import type { Wire } from "./outgoing.ts";

const OPEN = 1;

/** The moment that all sockets of an edge share; it runs only while something is sent. */
export class BurstWindow {
  readonly #clock: Clock;
  readonly #windowMs: number;
  readonly #waiting = new Set<BurstWire>();
  #number = 0;
  #isOpen = false;

  constructor(clock: Clock, windowMs: number) {
    this.#clock = clock;
    this.#windowMs = windowMs;
  }

  /** Number of the present window, which asking opens. */
  enter(): number {
    if (!this.#isOpen) {
      this.#isOpen = true;
      this.#clock.after(this.#windowMs, () => this.#end());
    }
    return this.#number;
  }

  /** Has `wire` flushed at the end of the window. */
  await(wire: BurstWire): void {
    this.#waiting.add(wire);
  }

  #end(): void {
    this.#isOpen = false;
    this.#number += 1;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wire of waiting) wire.flush();
  }
}

/** A wire whose peer takes several frames in one message, one a line. */
export class BurstWire implements Wire {
  readonly #wire: Wire;
  readonly #window: BurstWindow;
  #texts: string[] = [];
  #bytes = 0;
  #sentIn = -1;

  constructor(wire: Wire, window: BurstWindow) {
    this.#wire = wire;
    this.#window = window;
  }

  get readyState(): number {
    return this.#wire.readyState;
  }

  get bufferedAmount(): number {
    return this.#wire.bufferedAmount + this.#bytes;
  }

  send(text: string): void {
    const window = this.#window.enter();
    if (this.#sentIn !== window && this.#texts.length === 0) {
      this.#sentIn = window;
      this.#wire.send(text);
      return;
    }
    this.#texts.push(text);
    this.#bytes += utf8Bytes(text);
    this.#window.await(this);
  }

  /** Sends what has gathered. */
  flush(): void {
    if (this.#texts.length === 0) return;
    const message = this.#texts.join("\n");
    this.#texts = [];
    this.#bytes = 0;
    this.#sentIn = this.#window.enter();
    if (this.#wire.readyState === OPEN) this.#wire.send(message);
  }
}
