/** A client on a bare TCP connection: it does the handshake, then reads nothing unless told to. */

const DECODER = new TextDecoder("latin1");

export class StalledPeer implements Disposable {
  /** The server's answer to the handshake, up to its empty line. */
  readonly greeting: string;
  readonly #connection: Deno.TcpConn;

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
    const message = new Uint8Array([0x81, ...length, 0, 0, 0, 0, ...payload]);
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

  [Symbol.dispose](): void {
    this.#connection.close();
  }
}
