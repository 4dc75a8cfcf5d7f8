/** Everything that a page sends: the frames on its sockets, and the requests it makes. */
import type { Page } from "playwright-core";
import { z } from "zod";

const frameSchema = z.looseObject({ type: z.string(), captured_at_ms: z.number().default(NaN) });

export class SentByPage {
  /** Capture times of the readings sent, in order. */
  readonly readingsAtMs: number[] = [];
  /** Requests to any other server. */
  readonly elsewhere: string[] = [];
  readonly bodies: { readonly url: string; readonly bytes: number }[] = [];
  binaryFrames = 0;
  /** Characters of the longest text frame. */
  longestText = 0;
  #awaited: { readonly count: number; readonly resolve: () => void } | null = null;

  /** Listens from now on: before the page is opened. */
  constructor(page: Page, origin: string) {
    page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => this.#take(payload)));
    page.on("request", (request) => {
      if (new URL(request.url()).origin !== origin) this.elsewhere.push(request.url());
      const body = request.postDataBuffer();
      if (body !== null) this.bodies.push({ url: request.url(), bytes: body.length });
    });
  }

  /** Resolves once so many readings more have been sent. */
  more(count: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#awaited = { count: this.readingsAtMs.length + count, resolve };
    return promise;
  }

  #take(payload: string | Uint8Array): void {
    if (typeof payload !== "string") {
      this.binaryFrames += 1;
      return;
    }
    this.longestText = Math.max(this.longestText, payload.length);
    const { type, captured_at_ms } = frameSchema.parse(JSON.parse(payload));
    if (type !== "emotion_reading") return;
    this.readingsAtMs.push(captured_at_ms);
    if (this.readingsAtMs.length === this.#awaited?.count) this.#awaited.resolve();
  }
}
