/** Broadcasts as frames, each encoded once however many sockets it goes to. */
import type { Broadcast } from "../../actors/envelope.ts";
import { type Encoded, encodeFrame } from "./encoded.ts";

export class BroadcastEncoder {
  readonly #done = new WeakMap<Broadcast, Encoded>();

  /** The runtime hands the same object to every watcher of an audience, so its text is worked out by the first. */
  frameOf(broadcast: Broadcast): Encoded {
    const known = this.#done.get(broadcast);
    if (known !== undefined) return known;
    const encoded = encodeFrame({
      type: broadcast.class,
      channel: broadcast.actor,
      epoch: broadcast.epoch,
      seq: broadcast.seq,
      at_ms: broadcast.atMs,
      event: broadcast.type,
      data: broadcast.data,
    });
    this.#done.set(broadcast, encoded);
    return encoded;
  }
}
