/** A client on a bare TCP connection: it does the handshake, then reads nothing unless told to. */

import type { ServerFrame } from "../../src/http/socket/frame.ts";
import { readServerFrame } from "./peer.ts";

/** First bytes of a whole frame of each kind. */
const TEXT_FRAME = 0x81;
const CLOSE_FRAME = 0x88;

const DECODER = new TextDecoder("latin1");

export class StalledPeer implements Disposable {
  /** The server's answer to the handshake, up to its empty line. */
  readonly greeting: string;
  readonly #connection: Deno.TcpConn;
  #closeCode: number | null = null;

  private constructor(connection: Deno.TcpConn, greeting: string) {
    this.#connection = connection;
    this.greeting = greeting;
  }

  static async connect(port: number, origin: string | null): Promise<StalledPeer> {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    const lines = [
      "GET /api/v1/socket HTTP/1.1",
      `Host: 127.0.0.1:${port}`,
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "Sec-WebSocket-Protocol: neurolearn.v1",
      ...(origin === null ? [] : [`Origin: ${origin}`]),
      "\r\n",
    ];
    await connection.write(new TextEncoder().encode(lines.join("\r\n")));
    let greeting = "";
    const buffer = new Uint8Array(1);
    // One byte at a time, so that not one byte of a frame is read.
    while (!greeting.endsWith("\r\n\r\n")) {
      if (await connection.read(buffer) === null) break;
      greeting += DECODER.decode(buffer);
    }
    return new StalledPeer(connection, greeting);
  }

  /** Sends a text frame, masked as clients must. */
  async send(frame: unknown): Promise<void> {
    const payload = new TextEncoder().encode(JSON.stringify(frame));
    const length = payload.length < 126
      ? [0x80 | payload.length]
      : [0x80 | 126, payload.length >> 8, payload.length & 255];
    // A mask of zeros leaves the payload as it is.
    const message = new Uint8Array([TEXT_FRAME, ...length, 0, 0, 0, 0, ...payload]);
    await this.#connection.write(message);
  }

  /** Reads until the server ends the connection; how many bytes came. */
  async readsToEnd(): Promise<number> {
    const buffer = new Uint8Array(64 * 1024);
    let bytes = 0;
    for (;;) {
      const read = await this.#connection.read(buffer);
      if (read === null) return bytes;
      bytes += read;
    }
  }

  /** Reads on until `enough`; the text frames that came, oldest first. */
  async readsFrames(enough: (frames: readonly ServerFrame[]) => boolean): Promise<ServerFrame[]> {
    const frames: ServerFrame[] = [];
    await this.#readUntil(frames, () => enough(frames));
    return frames;
  }

  /** Reads on until the server closes; its close code. */
  async readsToClose(): Promise<number | null> {
    await this.#readUntil([], () => this.#closeCode !== null);
    return this.#closeCode;
  }

  async #readUntil(frames: ServerFrame[], enough: () => boolean): Promise<void> {
    const buffer = new Uint8Array(64 * 1024);
    let rest = new Uint8Array(0);
    while (!enough()) {
      const read = await this.#connection.read(buffer);
      if (read === null) return;
      const bytes = new Uint8Array(rest.length + read);
      bytes.set(rest);
      bytes.set(buffer.subarray(0, read), rest.length);
      rest = this.#takeFrames(bytes, frames);
    }
  }

  /** Moves whole text frames from `bytes` to `frames`; what is left over. Pings are passed over. */
  #takeFrames(bytes: Uint8Array<ArrayBuffer>, frames: ServerFrame[]): Uint8Array<ArrayBuffer> {
    let offset = 0;
    for (;;) {
      const view = new DataView(bytes.buffer, offset);
      if (view.byteLength < 4) break;
      const short = view.getUint8(1);
      const header = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (view.byteLength < header) break;
      const length = short < 126 ? short : short === 126 ? view.getUint16(2) : Number(view.getBigUint64(2));
      if (view.byteLength < header + length) break;
      const payload = bytes.subarray(offset + header, offset + header + length);
      if (view.getUint8(0) === CLOSE_FRAME) this.#closeCode = view.getUint16(header);
      if (view.getUint8(0) === TEXT_FRAME) frames.push(readServerFrame(new TextDecoder().decode(payload)));
      offset += header + length;
    }
    return bytes.slice(offset);
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }
}
