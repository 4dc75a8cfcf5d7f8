/** A TCP relay in front of a server whose connections a test can cut, as a network does. */

export class CuttableWire implements AsyncDisposable {
  readonly #listener: Deno.TcpListener;
  /** Where new connections go. */
  targetPort: number;
  readonly #open = new Set<Deno.TcpConn>();
  readonly #accepting: Promise<void>;

  constructor(targetPort: number) {
    this.targetPort = targetPort;
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    this.#accepting = this.#accept();
  }

  get url(): string {
    return `ws://127.0.0.1:${this.#listener.addr.port}/api/v1/socket`;
  }

  /** Ends every connection there is, without a word; new ones are taken. */
  cut(): void {
    for (const connection of [...this.#open]) this.#end(connection);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    this.cut();
    await this.#accepting;
  }

  async #accept(): Promise<void> {
    for await (const near of this.#listener) {
      const far = await this.#reach();
      if (far === null) {
        near.close();
        continue;
      }
      this.#open.add(near).add(far);
      void this.#relay(near, far);
      void this.#relay(far, near);
    }
  }

  /** Null while nobody listens. */
  async #reach(): Promise<Deno.TcpConn | null> {
    try {
      return await Deno.connect({ hostname: "127.0.0.1", port: this.targetPort });
    } catch (error) {
      if (error instanceof Deno.errors.ConnectionRefused) return null;
      throw error;
    }
  }

  async #relay(from: Deno.TcpConn, to: Deno.TcpConn): Promise<void> {
    try {
      await from.readable.pipeTo(to.writable);
    } catch {
      // A cut connection fails its pipe; the other half goes with it.
      this.#end(from);
      this.#end(to);
    }
  }

  #end(connection: Deno.TcpConn): void {
    if (!this.#open.delete(connection)) return;
    try {
      connection.close();
    } catch (error) {
      // The pipe has closed it already.
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  }
}
