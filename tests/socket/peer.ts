/** A client for wire tests: it keeps every frame, checked against its schema, and waits for the ones a test names. */
import assert from "node:assert/strict";
import { EventStreamSocket } from "../../web/client/event_stream.js";
import { SERVER_FRAMES, type ServerFrame, type ServerFrames, SUBPROTOCOL } from "../../src/http/socket/frame.ts";

type FrameType = keyof ServerFrames;

/** Why a connection closed. */
interface Closing {
  readonly code: number;
  readonly reason: string;
}

interface Wanted {
  readonly matches: (frame: ServerFrame) => boolean;
  readonly resolve: (frame: ServerFrame) => void;
  readonly reject: (error: Error) => void;
}

export class PeerClosedError extends Error {
  override readonly name = "PeerClosedError";
}

export class PeerRefusedError extends Error {
  override readonly name = "PeerRefusedError";
}

/** Reads a server frame; a frame that does not fit its schema fails the test. */
export function readServerFrame(text: string): ServerFrame {
  const value: { type: FrameType } = JSON.parse(text);
  return SERVER_FRAMES[value.type].strict().parse(value) as ServerFrame;
}

export class Peer {
  readonly frames: ServerFrame[] = [];
  readonly socket: WebSocket | EventStreamSocket;
  readonly closed: Promise<Closing>;
  readonly #opened = Promise.withResolvers<void>();
  readonly #wanted = new Set<Wanted>();
  #commands = 0;

  /** `url` of a socket, or of a stream. */
  constructor(url: string) {
    this.socket = url.startsWith("ws") ? new WebSocket(url, SUBPROTOCOL) : new EventStreamSocket(url);
    const closed = Promise.withResolvers<Closing>();
    this.closed = closed.promise;
    this.socket.onopen = () => this.#opened.resolve();
    this.socket.onmessage = ({ data }: { data: string }) => {
      for (const line of data.split("\n")) this.#take(readServerFrame(line));
    };
    this.socket.onclose = (event: Closing) => {
      closed.resolve(event);
      const error = new PeerClosedError(`closed with ${event.code}: ${event.reason}`);
      this.#opened.reject(error);
      for (const { reject } of this.#wanted) reject(error);
    };
  }

  /** Connects and says hello. */
  static async welcomed(url: string, token: string): Promise<Peer> {
    const peer = new Peer(url);
    await peer.opened;
    peer.send({ type: "hello", token });
    await peer.next("welcome");
    return peer;
  }

  get opened(): Promise<void> {
    return this.#opened.promise;
  }

  send(frame: unknown): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** The next frame of this type, from now on or already here and not yet taken. */
  next<Type extends FrameType>(
    type: Type,
    matches: (frame: ServerFrames[Type]) => boolean = () => true,
  ): Promise<ServerFrames[Type]> {
    return this.#want((frame): frame is ServerFrames[Type] =>
      frame.type === type && matches(frame as ServerFrames[Type])
    );
  }

  async join(channel: string, resume: { epoch: number; seq: number } | null = null): Promise<ServerFrames["joined"]> {
    this.send({ type: "join", channel, resume });
    return await this.next("joined", (frame) => frame.channel === channel);
  }

  /** Sends a command and waits for its ack. */
  async does(channel: string, command: string, args: unknown): Promise<ServerFrames["ack"]> {
    const id = `c${this.#commands++}`;
    this.send({ type: "command", id, channel, command, args });
    const answer = await this.#want((frame): frame is ServerFrames["ack"] | ServerFrames["refuse"] =>
      (frame.type === "ack" || frame.type === "refuse") && frame.id === id
    );
    if (answer.type === "refuse") throw new PeerRefusedError(`${command}: ${answer.code}: ${answer.message}`);
    return answer;
  }

  async says(channel: string, text: string): Promise<ServerFrames["ack"]> {
    return await this.does(channel, "answer", { item: 1, response: { kind: "text", text } });
  }

  /** Answers once the server has handled everything sent before. */
  async settled(): Promise<void> {
    const sentMs = performance.now();
    this.send({ type: "ping", sent_ms: sentMs });
    const pong = await this.next("pong", (frame) => frame.sent_ms === sentMs);
    assert.equal(pong.sent_ms, sentMs);
  }

  async leave(): Promise<void> {
    this.socket.close(1000);
    await this.closed;
  }

  #want<Frame extends ServerFrame>(fits: (frame: ServerFrame) => frame is Frame): Promise<Frame> {
    const index = this.frames.findIndex(fits);
    const here = this.frames[index];
    if (here !== undefined && fits(here)) {
      this.frames.splice(index, 1);
      return Promise.resolve(here);
    }
    return new Promise((resolve, reject) => {
      this.#wanted.add({ matches: fits, resolve: (frame) => fits(frame) && resolve(frame), reject });
    });
  }

  #take(frame: ServerFrame): void {
    for (const wanted of this.#wanted) {
      if (!wanted.matches(frame)) continue;
      this.#wanted.delete(wanted);
      wanted.resolve(frame);
      return;
    }
    this.frames.push(frame);
  }
}
