/** Broadcasts as frames, each encoded once however many sockets it goes to. */
import type { Broadcast, ResumePoint } from "../../actors/envelope.ts";
import { type Encoded, encodeFrame } from "./encoded.ts";

/** A broadcast as it leaves: made once, and shared by all who watch. */
export interface Told extends Encoded {
  /** Where the channel stands after it; null of what is not stored. */
  readonly place: ResumePoint | null;
  /** Of what may be skipped: it gives way to a later one under the same key. */
  readonly key: string | null;
}

export class BroadcastEncoder {
  // The runtime hands one object to all watchers of an audience, one after the other, so the last is the one.
  #last: Broadcast | null = null;
  #told: Told | null = null;

  /** The frame of `broadcast`; asked again in a row, the same. */
  frameOf(broadcast: Broadcast): Told {
    if (this.#last === broadcast && this.#told !== null) return this.#told;
    const { epoch, seq, key } = broadcast;
    const { text, bytes } = encodeFrame({
      type: broadcast.class,
      channel: broadcast.actor,
      epoch,
      seq,
      at_ms: broadcast.atMs,
      event: broadcast.type,
      data: broadcast.data,
    });
    const place = broadcast.class === "event" ? { epoch, seq } : null;
    this.#last = broadcast;
    return this.#told = { text, bytes, place, key: key === null ? null : `ephemeral ${key}` };
  }
}
