/** A socket's way down as Server-Sent Events: numbered messages, a reader that may come back for what it missed. */
import type { Clock } from "./clock.ts";
import type { Link } from "./connection.ts";
import type { SocketLimits } from "./limits.ts";

const ENCODER = new TextEncoder();
const OPEN = 1;
const CLOSED = 3;
/** Nothing is meant by it; it keeps proxies from taking the answer for dead. */
const HEARTBEAT = ENCODER.encode(": \n\n");

type Body = ReadableStream<Uint8Array<ArrayBuffer>>;
type Reader = ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;

/** What is told of a face, for the moment alone: a reader that comes back finds none of it, whatever was taken back since. */
const OF_A_FACE = /^\{"type":"ephemeral",.*"event":"(emotion|affect|intervention)",/;

interface Sent {
  readonly id: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What became of a stream, for the connection that runs on it. */
export interface EventStreamOwner {
  /** No reader came back in time, or nothing was heard of the client: the connection is to be closed. */
  lost(reason: string): void;
  /** Its reader has gone, and may come back. */
  unread(): void;
  /** Closed, from whichever end. */
  gone(): void;
}

export class EventStream implements Link {
  readonly #limits: SocketLimits;
  readonly #clock: Clock;
  readonly #owner: EventStreamOwner;
  #reader: Reader | null = null;
  #isClosed = false;
  #lastId = 0;
  /** The newest messages, for a reader that lost some on the way. */
  #recent: Sent[] = [];
  #recentBytes = 0;
  #heardAtMs: number;
  #cancelWait: () => void;

  constructor(limits: SocketLimits, clock: Clock, owner: EventStreamOwner) {
    this.#limits = limits;
    this.#clock = clock;
    this.#owner = owner;
    this.#heardAtMs = clock.nowMs();
    this.#cancelWait = this.#awaitReader();
  }

  get readyState(): number {
    return this.#isClosed ? CLOSED : OPEN;
  }

  /** Without a reader nothing is taken: frames wait, coalesced and bounded, with the connection. */
  get bufferedAmount(): number {
    const { runtimeBufferBytesMax } = this.#limits;
    if (this.#reader === null) return runtimeBufferBytesMax + 1;
    return Math.max(0, runtimeBufferBytesMax - (this.#reader.desiredSize ?? 0));
  }

  bufferedMost(): number {
    return this.bufferedAmount;
  }

  send(text: string): void {
    if (this.#isClosed) return;
    const id = ++this.#lastId;
    const lines = text.split("\n");
    const bytes = eventOf(id, lines);
    const lasting = lines.filter((line) => !OF_A_FACE.test(line));
    const kept = lasting.length === lines.length ? bytes : eventOf(id, lasting);
    this.#recent.push({ id, bytes: kept });
    this.#recentBytes += kept.byteLength;
    while (this.#recentBytes > this.#limits.streamReplayBytesMax && this.#recent.length > 1) {
      this.#recentBytes -= this.#recent.shift()?.bytes.byteLength ?? 0;
    }
    this.#reader?.enqueue(bytes);
  }

  close(code: number, reason: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancelWait();
    this.#reader?.enqueue(ENCODER.encode(`event: close\ndata: ${JSON.stringify({ code, reason })}\n\n`));
    this.#endReader();
    this.#recent = [];
    this.#owner.gone();
  }

  /** The client has sent something. */
  heard(): void {
    this.#heardAtMs = this.#clock.nowMs();
  }

  /**
   * What comes after message `afterId`, and from then on, in place of an earlier reader; null when it cannot be had any
   * more: the stream is then over.
   */
  read(afterId: number): Body | null {
    if (this.#isClosed) return null;
    this.heard();
    const missed = this.#recent.filter(({ id }) => id > afterId);
    if (afterId > this.#lastId || missed.length !== this.#lastId - afterId) {
      this.#owner.lost("what the stream missed is not kept any more");
      return null;
    }
    this.#endReader();
    this.#cancelWait();
    this.#cancelWait = this.#beat();
    return this.#bodyAfter(missed);
  }

  #bodyAfter(missed: readonly Sent[]): Body {
    let own: Reader | null = null;
    return new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => {
        own = controller;
        this.#reader = controller;
        // At once, so that proxies pass the answer's head on.
        controller.enqueue(HEARTBEAT);
        for (const { bytes } of missed) controller.enqueue(bytes);
      },
      cancel: () => {
        if (this.#reader === own) this.#lostReader();
      },
    }, new ByteLengthQueuingStrategy({ highWaterMark: this.#limits.runtimeBufferBytesMax }));
  }

  #lostReader(): void {
    this.#reader = null;
    this.#cancelWait();
    this.#cancelWait = this.#awaitReader();
    this.#owner.unread();
  }

  #endReader(): void {
    this.#reader?.close();
    this.#reader = null;
  }

  #awaitReader(): () => void {
    return this.#clock.after(this.#limits.streamGapMsMax, () => this.#owner.lost("nobody reads the stream"));
  }

  #beat(): () => void {
    return this.#clock.after(this.#limits.streamHeartbeatMs, () => {
      if (this.#clock.nowMs() - this.#heardAtMs >= this.#limits.streamSilenceMsMax) {
        this.#owner.lost("nothing was heard of the client");
        return;
      }
      this.#reader?.enqueue(HEARTBEAT);
      this.#cancelWait = this.#beat();
    });
  }
}

/** The lines of a burst are the lines of one event's data; an event without any moves the reader's place on. */
function eventOf(id: number, lines: readonly string[]): Uint8Array<ArrayBuffer> {
  return ENCODER.encode([`id: ${id}`, ...lines.map((line) => `data: ${line}`), "", ""].join("\n"));
}
