/**
 * Frames of a busy socket leave together: the first of a moment at once, those after it as one message at its end. A
 * message costs the server about as much as all else that its frames do, so a busy edge makes its moments longer, and
 * then all frames of one wait for its end. Sockets to which the same frames go share the message.
 */
import type { Clock } from "./clock.ts";
import type { SocketLimits } from "./limits.ts";
import type { Wire } from "./wire.ts";

export type BurstLimits = Pick<SocketLimits, "burstWindowMs" | "burstWindowMsMax" | "burstMessagesPerMsMax">;

/** Messages that leave together, since they were begun together. */
interface Departure {
  readonly begunAtMs: number;
  readonly wires: BurstWire[];
  /** What its wires start from, so that they find each other's bundles. */
  readonly nothing: Bundle;
}

/** How long the sockets of an edge gather, by how many messages they begin; it runs only while something is sent. */
export class BurstWindow {
  readonly #clock: Clock;
  readonly #limits: BurstLimits;
  #windowMs: number;
  /** Messages begun in this moment. */
  #begun = 0;
  #moment = 0;
  #isOpen = false;
  #departure: Departure | null = null;

  constructor(clock: Clock, limits: BurstLimits) {
    this.#clock = clock;
    this.#limits = limits;
    this.#windowMs = limits.burstWindowMs;
  }

  /** Whether so much is sent that nothing leaves before it has waited. */
  get isBusy(): boolean {
    return this.#windowMs > this.#limits.burstWindowMs;
  }

  /** Number of the present moment, which asking opens. */
  enter(): number {
    if (!this.#isOpen) {
      this.#isOpen = true;
      this.#clock.after(this.#windowMs, () => this.#end());
    }
    return this.#moment;
  }

  /** A message leaves at once. */
  sent(): void {
    this.#begun += 1;
  }

  /** Has `wire` flushed when its message, which begins with `text`, has waited; the bundle it starts from. */
  await(wire: BurstWire, text: string): Bundle {
    this.#begun += 1;
    const departure = this.#departing(text);
    departure.wires.push(wire);
    return departure.nothing;
  }

  // Each message waits from its own first frame on, not for a moment that all share: those of a room, begun together,
  // leave together, and those of other rooms leave at other times, so that no flood of writes holds up the rest.
  #departing(text: string): Departure {
    const last = this.#departure;
    // The same text goes to one wire after another: that takes no time worth a look at the clock.
    if (last?.nothing.isFollowedBy(text)) return last;
    const nowMs = this.#clock.nowMs();
    if (last !== null && last.begunAtMs === nowMs) return last;
    const departure = { begunAtMs: nowMs, wires: [], nothing: new Bundle("", 0) };
    this.#departure = departure;
    this.#clock.after(this.#windowMs, () => this.#depart(departure));
    return departure;
  }

  #depart(departure: Departure): void {
    if (this.#departure === departure) this.#departure = null;
    for (const wire of departure.wires) wire.flush();
  }

  #end(): void {
    this.#isOpen = false;
    this.#moment += 1;
    this.#windowMs = this.#windowFor(this.#begun);
    const isQuiet = this.#begun === 0;
    this.#begun = 0;
    if (!isQuiet) this.enter();
  }

  /**
   * So long that as many messages again keep to the rate. It at most doubles, so that one word to a whole class does not
   * hold up what follows it, and falls by halves, as few are begun right after a rise.
   */
  #windowFor(messages: number): number {
    const { burstWindowMs, burstWindowMsMax, burstMessagesPerMsMax } = this.#limits;
    if (messages === 0) return burstWindowMs;
    const keepsRateMs = Math.min(burstWindowMsMax, messages / burstMessagesPerMsMax, this.#windowMs * 2);
    return Math.max(burstWindowMs, keepsRateMs, this.#windowMs / 2);
  }
}

/** Frames put together, one a line. Wires that gather the same ones in the same order hold the same bundle. */
export class Bundle {
  readonly text: string;
  readonly bytes: number;
  #nextText = "";
  #next: Bundle | null = null;

  constructor(text: string, bytes: number) {
    this.text = text;
    this.bytes = bytes;
  }

  /** Whether `text` was the last to be gathered after these frames. */
  isFollowedBy(text: string): boolean {
    return this.#next !== null && this.#nextText === text;
  }

  /** These frames and then `text`, put together by the first of the wires that are to gather it. */
  and(text: string, bytes: number): Bundle {
    if (this.#next !== null && this.#nextText === text) return this.#next;
    this.#nextText = text;
    this.#next = this.bytes === 0
      ? new Bundle(text, bytes)
      : new Bundle(`${this.text}\n${text}`, this.bytes + 1 + bytes);
    return this.#next;
  }
}

/** A wire whose peer takes several frames in one message, one a line. */
export class BurstWire implements Wire {
  readonly #wire: Wire;
  readonly #window: BurstWindow;
  #gathered: Bundle | null = null;
  /** At least what was in the runtime's buffer when the present message was begun. */
  #runtimeBytesMost = 0;
  #sentIn = -1;

  constructor(wire: Wire, window: BurstWindow) {
    this.#wire = wire;
    this.#window = window;
  }

  get readyState(): number {
    return this.#wire.readyState;
  }

  get bufferedAmount(): number {
    return this.#wire.bufferedAmount + (this.#gathered?.bytes ?? 0);
  }

  bufferedMost(bytesMax: number): number {
    const gathered = this.#gathered?.bytes ?? 0;
    if (gathered === 0 || this.#runtimeBytesMost + gathered > bytesMax) {
      this.#runtimeBytesMost = this.#wire.bufferedMost(bytesMax - gathered);
    }
    return this.#runtimeBytesMost + gathered;
  }

  send(text: string, bytes: number): void {
    if (this.#gathered !== null) {
      this.#gathered = this.#gathered.and(text, bytes);
      return;
    }
    const moment = this.#window.enter();
    if (this.#sentIn !== moment && !this.#window.isBusy) {
      this.#sentIn = moment;
      this.#window.sent();
      this.#wire.send(text, bytes);
    } else this.#gathered = this.#window.await(this, text).and(text, bytes);
  }

  /** Sends what has gathered. */
  flush(): void {
    const bundle = this.#gathered;
    if (bundle === null) return;
    this.#gathered = null;
    this.#sentIn = this.#window.enter();
    this.#wire.send(bundle.text, bundle.bytes);
  }
}
