/** Types of neurolearn.js. */

/** The server's final no to a command; `code` is stable, `detail` says what would have been right. */
export class RefusedError extends Error {
  readonly code: string;
  readonly detail: unknown;
}

/** The connection has ended for good; `code` is the close code, 1000 where the client itself closed. */
export class ClosedError extends Error {
  readonly code: number;
}

/** Where a frame stands; ephemerals carry the number of the event before them. */
export interface Place {
  readonly type: string;
  readonly event?: string;
  readonly epoch: number;
  readonly seq: number;
  readonly at_ms?: number;
  readonly code?: string;
}

export interface ResumePoint {
  readonly epoch: number;
  readonly seq: number;
}

export interface Channel {
  readonly name: string;
  /** The last event seen; null before the first answer. */
  readonly point: ResumePoint | null;
  /**
   * Hears an event or ephemeral by its name, such as `lesson_update`; `state` (the present state, after joining or a
   * reset), `presence` (who is here), `refused` (a join or a camera frame was; `place.code` says why), or `*` for all. Returns its end.
   */
  on(event: string, listener: (data: unknown, place: Place) => void): () => void;
  /**
   * Sends a command until it is answered, over reconnects too; done once. Resolves to the answer.
   * Rejects with {@link RefusedError} or {@link ClosedError}.
   */
  send(command: string, args?: Record<string, unknown>): Promise<unknown>;
  leave(): void;
}

/** What a camera's picture showed, without the picture. */
export interface EmotionReading {
  /** Milliseconds since the Unix epoch, by the server's clock. */
  readonly captured_at_ms: number;
  readonly faces: number;
  /** Angry, disgust, fear, happy, sad, surprise, neutral, adding up to 1; null without a face. */
  readonly probabilities: readonly number[] | null;
  readonly confident: boolean;
  readonly model: string;
}

export class NeuroLearn {
  /** Connects to `url` (`wss://host/api/v1/socket`); `token` is asked for an access token at every connect and renewal. */
  constructor(url: string, token: () => string | Promise<string>);
  /** Hears `open`, `down` (it comes back by itself) and `closed` (it does not). Returns its end. */
  onStatus(listener: (status: "open" | "down" | "closed", detail: unknown) => void): () => void;
  /** Hears every message as it came, before anything is made of it: one or more frames, one a line. Returns its end. */
  onMessage(recorder: (text: string) => void): () => void;
  /** Joins a channel, or gives the one that is joined. */
  channel(name: string): Channel;
  /** Milliseconds since the Unix epoch by the server's clock. */
  serverNowMs(): number;
  /** Sends one camera frame; false while the connection is down: frames are not kept. */
  sendCameraFrame(
    channel: Channel,
    format: "jpeg" | "png" | "webp",
    image: Uint8Array,
    capturedAtMs?: number,
  ): boolean;
  /** Sends what this device read in a camera's picture; false while the connection is down: readings are not kept. */
  sendEmotionReading(channel: Channel, reading: EmotionReading): boolean;
  close(): void;
}
