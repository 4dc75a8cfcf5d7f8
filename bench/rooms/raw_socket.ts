/** A WebSocket client of the fewest parts, so that a load of thousands costs less than the servers that it measures. */
// Deno's own connections, by the thousand in one process, are not served evenly: the load would show in the tails.
import { connect, type Socket } from "node:net";

const ENCODER = new TextEncoder();
const HEAD_END = "\r\n\r\n";
const FINAL = 0x80;
const OPCODE = { text: 1, binary: 2, ping: 9, pong: 10 } as const;
/** Clients mask what they send; by zeros it stays as it is, and the server's work is the same. */
const MASKED = 0x80;
const MASK_BYTES = 4;

/** The server broke the protocol, or spoke a part of it that no server measured here speaks. */
export class RawSocketError extends Error {
  override readonly name = "RawSocketError";
}

/** Hears of each message; its bytes are gone once it returns. */
export type OnMessage = (payload: Uint8Array, socket: RawSocket) => void;

interface Frame {
  readonly opcode: number;
  readonly payload: Uint8Array;
  readonly end: number;
}

/** The frame that begins at `at`, or null while it is not whole. */
function frameAt(bytes: Uint8Array, at: number): Frame | null {
  const first = bytes[at];
  const second = bytes[at + 1];
  if (first === undefined || second === undefined) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const lengthBytes = second < 126 ? 0 : second === 126 ? 2 : 8;
  const start = at + 2 + lengthBytes;
  if (bytes.length < start) return null;
  const length = lengthBytes === 0
    ? second
    : lengthBytes === 2
    ? view.getUint16(at + 2)
    : Number(view.getBigUint64(at + 2));
  const end = start + length;
  if (bytes.length < end) return null;
  const opcode = first & 0x0f;
  if ((first & FINAL) === 0 || opcode === 0) throw new RawSocketError("a message in several frames");
  return { opcode, payload: bytes.subarray(start, end), end };
}

function masked(opcode: number, payload: Uint8Array): Uint8Array {
  const isShort = payload.length < 126;
  const head = isShort ? 2 : 4;
  const frame = new Uint8Array(head + MASK_BYTES + payload.length);
  frame[0] = FINAL | opcode;
  frame[1] = MASKED | (isShort ? payload.length : 126);
  if (!isShort) new DataView(frame.buffer).setUint16(2, payload.length);
  frame.set(payload, head + MASK_BYTES);
  return frame;
}

export class RawSocket {
  readonly #connection: Socket;
  readonly #onMessage: OnMessage;
  readonly #opened = Promise.withResolvers<void>();
  #isOpen = false;
  #isClosed = false;
  /** Bytes of a head or frame that is not whole yet. */
  #rest: Uint8Array = new Uint8Array(0);

  private constructor(port: number, onMessage: OnMessage) {
    this.#onMessage = onMessage;
    this.#connection = connect({ host: "127.0.0.1", port, noDelay: true });
    this.#connection.on("data", (bytes: Uint8Array) => this.#take(bytes));
    this.#connection.on("error", (error: Error) => this.#opened.reject(error));
    this.#connection.on("close", () => {
      if (!this.#isClosed) throw new RawSocketError("the server has ended the connection");
    });
  }

  /** Connects to `path` of the server at `port`; `onMessage` is told each message. */
  static async connect(
    port: number,
    path: string,
    protocol: string | null,
    onMessage: OnMessage,
  ): Promise<RawSocket> {
    const socket = new RawSocket(port, onMessage);
    const offered = protocol === null ? "" : `Sec-WebSocket-Protocol: ${protocol}\r\n`;
    socket.#connection.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n${offered}\r\n`,
    );
    await socket.#opened.promise;
    return socket;
  }

  sendText(text: string): void {
    this.#connection.write(masked(OPCODE.text, ENCODER.encode(text)));
  }

  sendBytes(bytes: Uint8Array): void {
    this.#connection.write(masked(OPCODE.binary, bytes));
  }

  close(): void {
    this.#isClosed = true;
    this.#connection.destroy();
  }

  #take(bytes: Uint8Array): void {
    const held = this.#rest.length === 0 ? bytes : joined(this.#rest, bytes);
    const start = this.#isOpen ? 0 : this.#openedBy(held);
    this.#rest = held.subarray(this.#isOpen ? this.#takeFrames(held, start) : 0);
  }

  /** Where the frames begin that follow the head of the server's answer; 0 while that is not whole. */
  #openedBy(bytes: Uint8Array): number {
    const text = new TextDecoder("latin1").decode(bytes);
    const end = text.indexOf(HEAD_END);
    if (end < 0) return 0;
    this.#isOpen = text.startsWith("HTTP/1.1 101");
    if (this.#isOpen) this.#opened.resolve();
    else this.#opened.reject(new RawSocketError(text.slice(0, 200)));
    return end + HEAD_END.length;
  }

  /** Where the first frame begins that is not whole. */
  #takeFrames(bytes: Uint8Array, start: number): number {
    let end = start;
    for (let frame = frameAt(bytes, end); frame !== null; frame = frameAt(bytes, end)) {
      end = frame.end;
      if (frame.opcode === OPCODE.text || frame.opcode === OPCODE.binary) this.#onMessage(frame.payload, this);
      else if (frame.opcode === OPCODE.ping) this.#connection.write(masked(OPCODE.pong, frame.payload));
    }
    return end;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
