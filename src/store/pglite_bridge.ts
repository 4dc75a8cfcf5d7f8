/** Lets several Postgres clients share the one backend that PGlite is, over a Unix socket. */
import { createServer, type Server, type Socket } from "node:net";
import { APPLICATION_NAME } from "./application_name.ts";
import { ClientStream, joined, opensWith, queryMessage, type Unit } from "./wire_frames.ts";

/** Beside the application's own connections there is room for an operator's psql and pg_dump. */
const CLIENTS_MAX = 64;
const RESET = queryMessage("reset all");
const NO_ENCRYPTION = new TextEncoder().encode("N");

/** The database behind the bridge: answers one run of wire messages at a time. */
export interface Backend {
  run(bytes: Uint8Array, onAnswer: (bytes: Uint8Array) => void): Promise<void>;
  isInTransaction(): boolean;
}

interface Job {
  readonly client: Client;
  readonly bytes: Uint8Array;
}

interface Client {
  readonly socket: Socket;
  readonly stream: ClientStream;
  /** Somebody with psql or pg_dump, who may set what the server relies on. */
  isGuest: boolean;
}

export class PgliteBridge {
  readonly #backend: Backend;
  readonly #onFailure: (error: unknown) => void;
  readonly #server: Server;
  readonly #clients = new Set<Client>();
  #queue: Job[] = [];
  /** The client whose transaction is open; nobody else is served until it ends. */
  #holder: Client | null = null;
  #served: Client | null = null;
  #running = false;
  #clientCount = 0;

  /** `onFailure` hears of a backend that threw, after which it must not be used again. */
  constructor(backend: Backend, onFailure: (error: unknown) => void) {
    this.#backend = backend;
    this.#onFailure = onFailure;
    this.#server = createServer((socket) => this.#welcome(socket));
    this.#server.maxConnections = CLIENTS_MAX;
  }

  listen(path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(path, () => {
        this.#server.off("error", reject);
        this.#server.on("error", this.#onFailure);
        resolve();
      });
    });
  }

  /** Cuts the clients off; what they had sent and was not begun is not done. */
  close(): Promise<void> {
    this.#queue = [];
    for (const { socket } of this.#clients) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #welcome(socket: Socket): void {
    const client = { socket, stream: new ClientStream(`c${++this.#clientCount}.`), isGuest: true };
    this.#clients.add(client);
    socket.on("data", (chunk: Uint8Array) => {
      try {
        for (const unit of client.stream.push(chunk)) this.#take(client, unit);
      } catch (error) {
        socket.destroy(error instanceof Error ? error : undefined);
      }
    });
    // A reset is followed by close, which is where the client is let go.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#forget(client));
  }

  #take(client: Client, unit: Unit): void {
    switch (unit.kind) {
      case "encryption":
        client.socket.write(NO_ENCRYPTION);
        return;
      case "start":
        client.isGuest = !opensWith(unit.bytes, "application_name", APPLICATION_NAME);
        this.#enqueue(client, unit.bytes);
        return;
      case "work":
        this.#enqueue(client, unit.bytes);
        return;
      case "cancel":
      case "end":
        client.socket.end();
    }
  }

  #enqueue(client: Client, bytes: Uint8Array): void {
    this.#queue.push({ client, bytes });
    void this.#drain();
  }

  #forget(client: Client): void {
    this.#clients.delete(client);
    this.#queue = this.#queue.filter((job) => job.client !== client);
    const statements = [...client.stream.statements].map((name) => `deallocate "${name.replaceAll('"', '""')}"`);
    const isHolder = this.#holder === client;
    if (!isHolder && statements.length === 0) return;
    // Each in a query of its own: one that fails, a statement never parsed, must not keep the others.
    const tidyings = [...isHolder ? ["rollback"] : [], ...statements];
    this.#queue.unshift(...tidyings.map((sql) => ({ client, bytes: queryMessage(sql) })));
    void this.#drain();
  }

  async #drain(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let job = this.#next(); job !== null; job = this.#next()) {
        await this.#run(job);
        this.#holder = this.#backend.isInTransaction() ? job.client : null;
      }
    } catch (error) {
      this.#onFailure(error);
      return;
    }
    this.#running = false;
  }

  #next(): Job | null {
    const holder = this.#holder;
    const at = holder === null ? 0 : this.#queue.findIndex((job) => job.client === holder);
    return this.#queue.splice(at, at < 0 ? 0 : 1)[0] ?? null;
  }

  async #run({ client, bytes }: Job): Promise<void> {
    // All share one session, where a guest's search_path, say, would be everybody's.
    if (this.#served !== client && this.#served?.isGuest) await this.#backend.run(RESET, () => {});
    this.#served = client;
    const answers: Uint8Array[] = [];
    // The backend reuses its buffer for the next answer.
    await this.#backend.run(bytes, (answer) => answers.push(answer.slice()));
    if (client.socket.writable) client.socket.write(joined(answers));
  }
}
