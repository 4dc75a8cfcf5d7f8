/**
 * Frames of a busy socket leave together: the first of a moment at once, those after it as one message at its end. A
 * message costs the server about as much as all else that its frames do, so a busy edge makes its moments longer, and
 * then all frames of one wait for its end.
 */
import type { Clock } from "./clock.ts";
import type { SocketLimits } from "./limits.ts";
import type { Wire } from "./outgoing.ts";

const OPEN = 1;

export type BurstLimits = Pick<SocketLimits, "burstWindowMs" | "burstWindowMsMax" | "burstMessagesPerMsMax">;

/** The moment that all sockets of an edge share; it runs only while something is sent. */
export class BurstWindow {
  readonly #clock: Clock;
  readonly #limits: BurstLimits;
  readonly #waiting = new Set<BurstWire>();
  #windowMs: number;
  /** Messages that left in this window. */
  #sent = 0;
  #number = 0;
  #isOpen = false;

  constructor(clock: Clock, limits: BurstLimits) {
    this.#clock = clock;
    this.#limits = limits;
    this.#windowMs = limits.burstWindowMs;
  }

  /** Whether so much is sent that nothing leaves before its window ends. */
  get isBusy(): boolean {
    return this.#windowMs > this.#limits.burstWindowMs;
  }

  /** A message has left. */
  sent(): void {
    this.#sent += 1;
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
    this.#windowMs = waiting.length === 0 ? this.#limits.burstWindowMs : this.#windowFor(this.#sent + waiting.length);
    this.#sent = 0;
    for (const wire of waiting) wire.flush();
  }

  /** So long that as many messages again keep to the rate. */
  #windowFor(messages: number): number {
    const { burstWindowMs, burstWindowMsMax, burstMessagesPerMsMax } = this.#limits;
    return Math.max(burstWindowMs, Math.min(burstWindowMsMax, messages / burstMessagesPerMsMax));
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

  send(text: string, bytes: number): void {
    const window = this.#window.enter();
    if (this.#texts.length === 0) {
      if (this.#sentIn !== window && !this.#window.isBusy) {
        this.#sentIn = window;
        this.#hand(text, bytes);
        return;
      }
      this.#window.await(this);
    }
    this.#texts.push(text);
    this.#bytes += bytes;
  }

  /** Sends what has gathered. */
  flush(): void {
    if (this.#texts.length === 0) return;
    const [first = ""] = this.#texts;
    const message = this.#texts.length === 1 ? first : this.#texts.join("\n");
    const bytes = this.#bytes;
    this.#texts = [];
    this.#bytes = 0;
    this.#sentIn = this.#window.enter();
    if (this.#wire.readyState === OPEN) this.#hand(message, bytes);
  }

  #hand(text: string, bytes: number): void {
    this.#window.sent();
    this.#wire.send(text, bytes);
  }
}
