/** What leaves one socket: at once while it keeps up; queued, coalesced, then cut back while it does not. */
import type { ResumePoint } from "../../actors/envelope.ts";
import { type BurstWindow, BurstWire } from "./bursts.ts";
import type { Clock } from "./clock.ts";
import type { Encoded } from "./encoded.ts";
import type { Told } from "./event_to_frame.ts";
import type { SocketLimits } from "./limits.ts";
import type { Wire } from "./wire.ts";

/** One channel's share of a socket. */
export interface Lane {
  /** A frame that moves the channel on has gone to the runtime's buffer. */
  passed(place: ResumePoint): void;
  /** The channel's waiting frames were dropped; it stays silent until {@link Lane.catchUp}. */
  cut(): void;
  /** The socket has drained: go on from what was passed last. */
  catchUp(): void;
}

interface Waiting {
  frame: Encoded;
  readonly lane: Lane | null;
  /** Set on frames that move the lane on. */
  readonly place: ResumePoint | null;
}

const OPEN = 1;

export class Outgoing {
  #wire: Wire;
  /** Frames that wait, of whichever queue. */
  #waitingFrames = 0;
  #handedBytes = 0;
  readonly #limits: SocketLimits;
  #burst: BurstWire | null = null;
  readonly #clock: Clock;
  readonly #onTooSlow: () => void;
  /** Answers, events and digests, in the order they came. */
  #waiting: Waiting[] = [];
  /** What may be skipped: it leaves when nothing of the above waits. */
  #passing: Waiting[] = [];
  #waitingBytes = 0;
  readonly #coalescing = new Map<Lane, Map<string, Waiting>>();
  readonly #cut = new Set<Lane>();
  #cancelPoll: (() => void) | null = null;
  #cuts = 0;
  #writtenBytes = 0;
  #progressAtMs: number;

  constructor(wire: Wire, limits: SocketLimits, clock: Clock, onTooSlow: () => void) {
    this.#wire = wire;
    this.#limits = limits;
    this.#clock = clock;
    this.#onTooSlow = onTooSlow;
    this.#progressAtMs = clock.nowMs();
  }

  /** From now on the peer takes several frames in one message. */
  bundle(window: BurstWindow): void {
    if (this.#burst !== null) return;
    this.#burst = new BurstWire(this.#wire, window);
    this.#wire = this.#burst;
  }

  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  get bufferedBytes(): number {
    return this.#wire.bufferedAmount;
  }

  get cuts(): number {
    return this.#cuts;
  }

  /** A broadcast of the channel that `lane` is. */
  tell(told: Told, lane: Lane): void {
    if (told.place !== null) this.advance(told, lane, told.place);
    else if (told.key !== null) this.passing(told, lane, told.key);
    else this.follow(told, lane);
  }

  /** An answer to this socket alone: never dropped while the socket lives. */
  answer(frame: Encoded): void {
    if (this.#flows()) this.#hand(frame);
    else this.#wait(this.#waiting, { frame, lane: null, place: null });
  }

  /** A frame that moves `lane` to `place`; when it cannot be kept, the lane is cut and catches up later. */
  advance(frame: Encoded, lane: Lane, place: ResumePoint): void {
    if (this.#flows()) {
      this.#hand(frame);
      lane.passed(place);
    } else this.#wait(this.#waiting, { frame, lane, place });
  }

  /** A frame that none may take the place of; when it cannot be kept, the lane is cut and catches up later. */
  follow(frame: Encoded, lane: Lane): void {
    if (this.#flows()) this.#hand(frame);
    else this.#wait(this.#waiting, { frame, lane, place: null });
  }

  /**
   * A frame that matters only until the next one under the same `key`, which takes its place in the queue. While the
   * socket is behind, answers and events go before it.
   */
  passing(frame: Encoded, lane: Lane, key: string): void {
    if (this.#flows()) {
      this.#hand(frame);
      return;
    }
    const keys = this.#coalescing.get(lane) ?? new Map<string, Waiting>();
    const older = keys.get(key);
    if (older !== undefined) {
      this.#waitingBytes += frame.bytes - older.frame.bytes;
      older.frame = frame;
      this.#makeRoom();
      return;
    }
    const waiting: Waiting = { frame, lane, place: null };
    keys.set(key, waiting);
    this.#coalescing.set(lane, keys);
    this.#wait(this.#passing, waiting);
  }

  /** Drops what waits of `lane`, which catches up once the socket has drained. */
  cutBack(lane: Lane): void {
    this.forget(lane);
    lane.cut();
    this.#cuts += 1;
    this.#cut.add(lane);
    this.#poll();
  }

  /** Drops what waits of a channel that was left. */
  forget(lane: Lane): void {
    this.skip(lane);
    this.#cut.delete(lane);
    this.#waiting = this.#without(this.#waiting, lane);
  }

  /** Drops what waits of a channel and may be skipped. */
  skip(lane: Lane): void {
    this.#coalescing.delete(lane);
    this.#passing = this.#without(this.#passing, lane);
  }

  #without(queue: readonly Waiting[], lane: Lane): Waiting[] {
    return queue.filter((waiting) => {
      if (waiting.lane !== lane) return true;
      this.#waitingFrames -= 1;
      this.#waitingBytes -= waiting.frame.bytes;
      return false;
    });
  }

  /** Hands over what waits regardless of how far behind the peer is; for the last words before a close. */
  flush(): void {
    while (this.#waits && this.#wire.readyState === OPEN) this.#next();
    this.#burst?.flush();
  }

  /** Looks whether bytes that wait are still leaving; called now and then, also while nothing is sent. */
  checkProgress(): void {
    const nowMs = this.#clock.nowMs();
    const bufferedBytes = this.#wire.bufferedAmount;
    const writtenBytes = this.#handedBytes - bufferedBytes;
    if (writtenBytes > this.#writtenBytes || bufferedBytes === 0) {
      this.#writtenBytes = writtenBytes;
      this.#progressAtMs = nowMs;
    } else if (nowMs - this.#progressAtMs >= this.#limits.stalledMsMax) this.#onTooSlow();
  }

  /** Nothing leaves any more. */
  end(): void {
    this.#burst?.flush();
    this.#cancelPoll?.();
    this.#cancelPoll = null;
    this.#waiting = [];
    this.#passing = [];
    this.#waitingFrames = 0;
    this.#waitingBytes = 0;
    this.#coalescing.clear();
    this.#cut.clear();
  }

  get #waits(): boolean {
    return this.#waitingFrames > 0;
  }

  #flows(): boolean {
    return !this.#waits && this.#hasRoom();
  }

  #hasRoom(): boolean {
    const { runtimeBufferBytesMax } = this.#limits;
    return this.#wire.bufferedMost(runtimeBufferBytesMax) <= runtimeBufferBytesMax;
  }

  #hand(frame: Encoded): void {
    this.#wire.send(frame.text, frame.bytes);
    this.#handedBytes += frame.bytes;
  }

  #wait(queue: Waiting[], waiting: Waiting): void {
    if (this.#wire.readyState !== OPEN) return;
    queue.push(waiting);
    this.#waitingFrames += 1;
    this.#waitingBytes += waiting.frame.bytes;
    this.#makeRoom();
    this.#poll();
  }

  /** Cuts the channels with the most bytes waiting until the rest fits. */
  #makeRoom(): void {
    while (this.#waitingBytes > this.#limits.queueBytesMax) {
      const bytesByLane = new Map<Lane, number>();
      for (const { lane, frame } of [...this.#waiting, ...this.#passing]) {
        if (lane !== null) bytesByLane.set(lane, (bytesByLane.get(lane) ?? 0) + frame.bytes);
      }
      const [largest] = [...bytesByLane].sort(([, a], [, b]) => b - a);
      if (largest === undefined) {
        this.#onTooSlow();
        return;
      }
      this.cutBack(largest[0]);
    }
  }

  #next(): void {
    const waiting = this.#waiting.shift() ?? this.#passing.shift();
    if (waiting === undefined) return;
    this.#waitingFrames -= 1;
    this.#waitingBytes -= waiting.frame.bytes;
    this.#hand(waiting.frame);
    if (waiting.lane === null) return;
    if (waiting.place !== null) waiting.lane.passed(waiting.place);
    else this.#settle(waiting, waiting.lane);
  }

  /** A coalescing frame has left; the next one under its key waits anew. */
  #settle(waiting: Waiting, lane: Lane): void {
    const keys = this.#coalescing.get(lane);
    for (const [key, held] of keys ?? []) if (held === waiting) keys?.delete(key);
  }

  #poll(): void {
    if (this.#cancelPoll !== null) return;
    this.#cancelPoll = this.#clock.after(this.#limits.drainPollMs, () => {
      this.#cancelPoll = null;
      this.#drain();
    });
  }

  // The runtime tells no one when its buffer empties, so a socket that is behind, and only that one, is polled.
  #drain(): void {
    if (this.#wire.readyState !== OPEN) return;
    this.checkProgress();
    while (this.#waits && this.#hasRoom()) this.#next();
    if (this.#flows() && this.#cut.size > 0) {
      const lanes = [...this.#cut];
      this.#cut.clear();
      for (const lane of lanes) lane.catchUp();
    }
    if (this.#waits || this.#cut.size > 0) this.#poll();
  }
}
