/** A WebSocket as a connection's frames leave by it; the runtime is seldom asked how full its buffer is. */
import type { Link } from "./connection.ts";

/** What is needed of the runtime's own. */
export type RuntimeSocket = Pick<WebSocket, "readyState" | "bufferedAmount" | "send" | "close">;

export class SocketLink implements Link {
  readonly #socket: RuntimeSocket;
  /** What the runtime's buffer held when it was asked last, and all that was sent since. */
  #bufferedBytesMost = 0;

  constructor(socket: RuntimeSocket) {
    this.#socket = socket;
  }

  get readyState(): number {
    return this.#socket.readyState;
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  // To ask costs about as much as to hand a frame over, and between two frames the buffer only empties.
  bufferedMost(bytesMax: number): number {
    if (this.#bufferedBytesMost > bytesMax) this.#bufferedBytesMost = this.#socket.bufferedAmount;
    return this.#bufferedBytesMost;
  }

  send(text: string, bytes: number): void {
    // Between the peer's close and the event that tells of it, the runtime throws.
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.send(text);
    this.#bufferedBytesMost += bytes;
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }
}
