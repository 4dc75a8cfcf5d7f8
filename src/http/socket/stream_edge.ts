/** Streams as the REST routes open, read and feed them: connections like any other, where WebSocket is blocked. */
import { CLOSE } from "./close_codes.ts";
import { Connection, type ConnectionParts } from "./connection.ts";
import { EventStream } from "./event_stream.ts";

interface Stream {
  readonly userId: string;
  readonly down: EventStream;
  readonly connection: Connection;
}

/** What a client sends in one message: frames are text, a camera frame is bytes. */
export type StreamMessage = string | ArrayBuffer;

export class StreamEdge {
  readonly #streams = new Map<string, Stream>();
  readonly #shared: ConnectionParts;
  readonly #admit: (address: string) => void;

  /** `admit` throws the problem that says why no more may come from a client address now. */
  constructor(shared: ConnectionParts, admit: (address: string) => void) {
    this.#shared = shared;
    this.#admit = admit;
  }

  /**
   * Opens a stream of the person whose token this is; its id.
   *
   * @throws ProblemError that says why not
   */
  open(token: string, userId: string, address: string): string {
    this.#admit(address);
    const { limits, clock, connections } = this.#shared;
    const id = crypto.randomUUID();
    const down = new EventStream(limits, clock, {
      lost: (reason) => connection.close(CLOSE.tooSlow, reason),
      unread: () => connection.hearing.lost(),
      gone: () => {
        this.#streams.delete(id);
        connection.ended();
        connections.remove(connection);
      },
    });
    const connection = new Connection(id, address, down, this.#shared);
    connections.add(connection);
    this.#streams.set(id, { userId, down, connection });
    connection.receive(JSON.stringify({ type: "hello", token, bursts: true }));
    return id;
  }

  /** Events after message `afterId` of one's own stream; null where there is none, or not any more. */
  read(id: string, userId: string, afterId: number): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    const stream = this.#own(id, userId);
    // Whoever reads again had lost what was read, whether that was noticed here or not.
    stream?.connection.hearing.cameBack();
    return stream?.down.read(afterId) ?? null;
  }

  /** Takes messages in order; how many before the stream ended, or null where there is none. */
  take(id: string, userId: string, messages: readonly StreamMessage[]): number | null {
    const stream = this.#own(id, userId);
    if (stream === null) return null;
    stream.down.heard();
    let taken = 0;
    for (const message of messages) {
      if (stream.connection.isClosing) break;
      stream.connection.receive(message);
      taken += 1;
    }
    return taken;
  }

  /** Ends one's own stream, if it is there. */
  end(id: string, userId: string): void {
    this.#own(id, userId)?.connection.close(CLOSE.byClient, "ended by the client");
  }

  #own(id: string, userId: string): Stream | null {
    const stream = this.#streams.get(id);
    return stream?.userId === userId ? stream : null;
  }
}
