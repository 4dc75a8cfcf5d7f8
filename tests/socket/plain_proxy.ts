/** A proxy in front of a server, of the kind that schools have: it knows requests and answers and forbids WebSocket. */

export class PlainProxy implements AsyncDisposable {
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  /** Upgrades that were asked for. */
  upgradesRefused = 0;
  /** Every address that was asked for, with its query. */
  readonly asked: string[] = [];
  readonly #reads = new Set<TransformStreamDefaultController>();

  constructor(targetPort: number) {
    const options = { hostname: "127.0.0.1", port: 0, onListen: () => undefined };
    this.#server = Deno.serve(options, (request) => this.#pass(request, targetPort));
  }

  /** The socket's address as a client behind the proxy is told it. */
  get url(): string {
    return `ws://127.0.0.1:${this.port}/api/v1/socket`;
  }

  get port(): number {
    return this.#server.addr.port;
  }

  /** Breaks every answer off that is being read, as proxies do with those that take long. */
  breakReads(): void {
    for (const read of this.#reads) read.terminate();
    this.#reads.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }

  async #pass(request: Request, targetPort: number): Promise<Response> {
    this.asked.push(request.url);
    if (request.headers.has("upgrade")) {
      this.upgradesRefused += 1;
      return new Response("no upgrades here", { status: 403 });
    }
    const target = new URL(request.url);
    target.port = `${targetPort}`;
    const { method, headers } = request;
    const body = method === "GET" ? null : await request.arrayBuffer();
    const answer = await this.#ask(target, { method, headers, body });
    if (answer === null) return new Response("nobody listens", { status: 502 });
    const passed = new TransformStream({ start: (read) => void this.#reads.add(read) });
    void this.#passOn(answer, passed.writable);
    return new Response(answer.body === null ? null : passed.readable, {
      status: answer.status,
      headers: answer.headers,
    });
  }

  /** Where either end breaks off, the answer ends there. */
  async #passOn({ body }: Response, to: WritableStream): Promise<void> {
    try {
      await body?.pipeTo(to, { preventAbort: true });
    } catch {
      // Of a reader that has gone the stream is locked or errored; of a server that has, it is still to be ended.
      await Promise.allSettled([to.close()]);
    }
  }

  async #ask(target: URL, init: RequestInit): Promise<Response | null> {
    try {
      return await fetch(target, init);
    } catch (error) {
      if (error instanceof TypeError) return null;
      throw error;
    }
  }
}
