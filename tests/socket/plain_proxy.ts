/** A proxy in front of a server, of the kind that schools have: it knows requests and answers and forbids WebSocket. */

export class PlainProxy implements AsyncDisposable {
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  /** Upgrades that were asked for. */
  upgradesRefused = 0;
  /** Every address that was asked for, with its query. */
  readonly asked: string[] = [];

  constructor(targetPort: number) {
    const options = { hostname: "127.0.0.1", port: 0, onListen: () => undefined };
    this.#server = Deno.serve(options, (request) => this.#pass(request, targetPort));
  }

  /** The socket's address as a client behind the proxy is told it. */
  get url(): string {
    return `ws://127.0.0.1:${this.#server.addr.port}/api/v1/socket`;
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
    const answer = await fetch(target, { method, headers, body });
    return new Response(answer.body, { status: answer.status, headers: answer.headers });
  }
}
