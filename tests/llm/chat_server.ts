/** A real HTTP server that speaks OpenAI's protocol of chat completions, and misbehaves as a test tells it to. */

const encoder = new TextEncoder();

/** What the client sent. */
export interface Asked {
  readonly authorization: string | null;
  readonly path: string;
  // deno-lint-ignore no-explicit-any -- tests read members of bodies they are about to check
  readonly body: any;
}

/** Writes an answer piece by piece; the test decides when. */
export class Stream {
  readonly #controller: ReadableStreamDefaultController<Uint8Array>;
  #isOpen = true;

  constructor(controller: ReadableStreamDefaultController<Uint8Array>) {
    this.#controller = controller;
  }

  raw(text: string): this {
    this.#controller.enqueue(encoder.encode(text));
    return this;
  }

  chunk(chunk: unknown): this {
    return this.raw(`data: ${JSON.stringify(chunk)}\n\n`);
  }

  text(content: string): this {
    return this.chunk({ id: "c", object: "chat.completion.chunk", choices: [{ index: 0, delta: { content } }] });
  }

  /** Ends as a whole answer ends. */
  done(finish = "stop", usage: unknown = { prompt_tokens: 140, completion_tokens: 10, total_tokens: 150 }): void {
    this.chunk({ choices: [{ index: 0, delta: {}, finish_reason: finish }] });
    if (usage !== null) this.chunk({ choices: [], usage });
    this.raw("data: [DONE]\n\n");
    this.cut();
  }

  /** Ends in the middle, as a process that dies does. */
  cut(): void {
    if (this.#isOpen) this.#controller.close();
    this.#isOpen = false;
  }

  /** Its reader has left. */
  left(): void {
    this.#isOpen = false;
  }
}

/** `closing` aborts when the server closes. */
export type Behaviour = (asked: Asked, closing: AbortSignal) => Response | Promise<Response>;

/** A stream of events that `write` fills. */
export function streaming(write: (stream: Stream) => void): Behaviour {
  return (_asked, closing) => {
    let stream: Stream | null = null;
    closing.addEventListener("abort", () => stream?.cut(), { once: true });
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => write(stream = new Stream(controller)),
      cancel: () => stream?.left(),
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  };
}

/** Answers at once, in these pieces. */
export function says(...pieces: readonly string[]): Behaviour {
  return streaming((stream) => {
    for (const piece of pieces) stream.text(piece);
    stream.done();
  });
}

export function fails(status: number, headers: Record<string, string> = {}): Behaviour {
  return () => Response.json({ error: { message: "no", type: "server_error" } }, { status, headers });
}

/** Takes the question and never answers. */
export const silent: Behaviour = (_asked, closing) =>
  new Promise((resolve) => {
    closing.addEventListener("abort", () => resolve(new Response(null, { status: 499 })), { once: true });
  });

export class ChatServer {
  readonly asked: Asked[] = [];
  /** Used up from the front; the last one stays. */
  behaviours: Behaviour[];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #closing = new AbortController();
  #arrival = Promise.withResolvers<void>();

  constructor(...behaviours: Behaviour[]) {
    this.behaviours = behaviours;
    this.#server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => undefined }, async (request) => {
      const body = await request.json();
      const { pathname: path } = new URL(request.url);
      const asked = { authorization: request.headers.get("authorization"), path, body };
      this.asked.push(asked);
      const [next] = this.behaviours;
      if (this.behaviours.length > 1) this.behaviours.shift();
      this.#arrival.resolve();
      this.#arrival = Promise.withResolvers<void>();
      return next === undefined ? new Response(null, { status: 404 }) : await next(asked, this.#closing.signal);
    });
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.#server.addr.port}/v1`;
  }

  /** Resolves with the next question. */
  get arrival(): Promise<void> {
    return this.#arrival.promise;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#server.shutdown();
  }
}
