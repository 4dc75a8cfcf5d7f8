/** All open sockets of this node: how many, whose, and the ways to end them. */
import type { Clock } from "./clock.ts";
import type { CloseCode } from "./close_codes.ts";
import type { SocketLimits } from "./limits.ts";

export interface ConnectionCounts {
  readonly connections: number;
  /** Of these, closed by the server a moment ago, the peer has not answered yet. */
  readonly closing: number;
  readonly users: number;
  readonly channels: number;
  /** Bytes that wait in the sockets' own queues, and in the runtime's buffers. */
  readonly queuedBytes: number;
  readonly bufferedBytes: number;
  /** How often a channel of a slow socket was cut, to catch up later. */
  readonly cuts: number;
}

/** A socket as far as it is counted and ended here. */
export interface CountedSocket {
  readonly address: string;
  readonly channels: number;
  readonly outgoing: { readonly cuts: number; readonly waitingBytes: number; readonly bufferedBytes: number };
  close(code: CloseCode, reason: string): void;
  drain(reason: string, retryAfterMs: number): void;
  checkProgress(): void;
}

interface Entry {
  userId: string | null;
  /** Set while the peer's answer to a close is awaited. */
  cancelWait: (() => void) | null;
}

export class Connections {
  readonly #limits: SocketLimits;
  readonly #clock: Clock;
  readonly #onLastLeft: (userId: string) => void;
  readonly #all = new Map<CountedSocket, Entry>();
  readonly #byUser = new Map<string, Set<CountedSocket>>();
  /** By client address: sockets the runtime still holds though nobody is welcome on them, yet or any more. */
  readonly #unwelcomed = new Map<string, Set<CountedSocket>>();
  #closing = 0;
  #closedUsers = 0;
  #cutsOfGone = 0;
  #onEmpty: (() => void) | null = null;
  #cancelSweep: (() => void) | null = null;

  /** `onLastLeft` hears of each person whose last socket has gone. */
  constructor(limits: SocketLimits, clock: Clock, onLastLeft: (userId: string) => void) {
    this.#limits = limits;
    this.#clock = clock;
    this.#onLastLeft = onLastLeft;
  }

  get isFull(): boolean {
    return this.#all.size - this.#closing >= this.#limits.connectionsMax;
  }

  /** Whether a client address holds as many sockets as it may without a welcome. */
  hasTooManyUnwelcomed(address: string): boolean {
    return (this.#unwelcomed.get(address)?.size ?? 0) >= this.#limits.unwelcomedPerAddressMax;
  }

  add(connection: CountedSocket): void {
    this.#all.set(connection, { userId: null, cancelWait: null });
    this.#countUnwelcomed(connection);
    this.#sweepLater();
  }

  /** Counts a person's socket in; false when they have too many. */
  admit(connection: CountedSocket, userId: string): boolean {
    const sockets = this.#byUser.get(userId) ?? new Set();
    const entry = this.#all.get(connection);
    if (entry === undefined || sockets.size >= this.#limits.connectionsPerUserMax) return false;
    entry.userId = userId;
    this.#byUser.set(userId, sockets.add(connection));
    this.#uncountUnwelcomed(connection);
    return true;
  }

  /** The server has closed the socket: it takes nobody's place any more, and is forgotten if the peer never answers. */
  closing(connection: CountedSocket): void {
    const entry = this.#all.get(connection);
    if (entry === undefined || entry.cancelWait !== null) return;
    this.#closing += 1;
    this.#countUnwelcomed(connection);
    if (entry.userId !== null) this.#release(connection, entry.userId);
    entry.userId = null;
    entry.cancelWait = this.#clock.after(this.#limits.closeAnswerMsMax, () => this.#forget(connection, entry));
  }

  /** The socket is gone. Safe to call again. */
  remove(connection: CountedSocket): void {
    this.#uncountUnwelcomed(connection);
    const entry = this.#all.get(connection);
    if (entry !== undefined) this.#forget(connection, entry);
  }

  #forget(connection: CountedSocket, entry: Entry): void {
    this.#all.delete(connection);
    if (entry.cancelWait !== null) this.#closing -= 1;
    entry.cancelWait?.();
    this.#cutsOfGone += connection.outgoing.cuts;
    if (entry.userId !== null) this.#release(connection, entry.userId);
    if (this.#all.size > 0) return;
    this.#cancelSweep?.();
    this.#cancelSweep = null;
    this.#onEmpty?.();
  }

  /** How often {@link Connections.closeUser} was called. */
  get closedUsers(): number {
    return this.#closedUsers;
  }

  closeUser(userId: string, code: CloseCode, reason: string): void {
    this.#closedUsers += 1;
    for (const connection of this.#byUser.get(userId) ?? []) connection.close(code, reason);
  }

  /** Drains every socket; resolves when all have gone or `deadlineMs` has passed. */
  async closeAll(reason: string, retryAfterMs: number, deadlineMs: number): Promise<void> {
    for (const connection of this.#all.keys()) connection.drain(reason, retryAfterMs);
    if (this.#all.size === 0) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.after(deadlineMs, resolve);
      this.#onEmpty = () => {
        cancel();
        resolve();
      };
    });
    this.#onEmpty = null;
  }

  counts(): ConnectionCounts {
    let channels = 0, queuedBytes = 0, bufferedBytes = 0, cuts = this.#cutsOfGone;
    for (const connection of this.#all.keys()) {
      channels += connection.channels;
      queuedBytes += connection.outgoing.waitingBytes;
      bufferedBytes += connection.outgoing.bufferedBytes;
      cuts += connection.outgoing.cuts;
    }
    const connections = this.#all.size;
    return {
      connections,
      closing: this.#closing,
      users: this.#byUser.size,
      channels,
      queuedBytes,
      bufferedBytes,
      cuts,
    };
  }

  #release(connection: CountedSocket, userId: string): void {
    const sockets = this.#byUser.get(userId);
    sockets?.delete(connection);
    if (sockets?.size !== 0) return;
    this.#byUser.delete(userId);
    this.#onLastLeft(userId);
  }

  // The runtime cannot cut a connection off, so one that never answers a close stays on its own address's account.
  #countUnwelcomed(connection: CountedSocket): void {
    const { address } = connection;
    this.#unwelcomed.set(address, (this.#unwelcomed.get(address) ?? new Set()).add(connection));
  }

  #uncountUnwelcomed(connection: CountedSocket): void {
    const unwelcomed = this.#unwelcomed.get(connection.address);
    unwelcomed?.delete(connection);
    if (unwelcomed?.size === 0) this.#unwelcomed.delete(connection.address);
  }

  // A peer that reads nothing holds no frame of ours in motion, so only a look from time to time finds it.
  #sweepLater(): void {
    this.#cancelSweep ??= this.#clock.after(this.#limits.stalledMsMax / 4, () => {
      this.#cancelSweep = null;
      for (const connection of this.#all.keys()) connection.checkProgress();
      if (this.#all.size > 0) this.#sweepLater();
    });
  }
}
