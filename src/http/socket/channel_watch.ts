/** One watch of a channel for one socket, from the asking until it is ended: what comes goes out, or waits its turn. */
import type { Broadcast, Watcher } from "../../actors/envelope.ts";
import type { BroadcastEncoder } from "./event_to_frame.ts";
import type { Lane, Outgoing } from "./outgoing.ts";

/** Whose watch it is. */
export interface WatchOwner extends Lane {
  /** The runtime has ended the watch. */
  lost(reason: string): void;
  /** The actor has been read anew and goes on under `epoch`. */
  recovered(epoch: number): void;
}

export class ChannelWatch implements Watcher {
  // A broadcast comes through here for each of those who watch, so it is told with as few objects touched as can be.
  #stage: "asking" | "live" | "over" = "asking";
  readonly #outgoing: Outgoing;
  readonly #encoder: BroadcastEncoder;
  readonly #owner: WatchOwner;
  /** What overtook the answer to the asking. */
  #held: Broadcast[] = [];
  readonly #heldMax: number;

  constructor(owner: WatchOwner, outgoing: Outgoing, encoder: BroadcastEncoder, heldMax: number) {
    this.#owner = owner;
    this.#outgoing = outgoing;
    this.#encoder = encoder;
    this.#heldMax = heldMax;
  }

  get isOver(): boolean {
    return this.#stage === "over";
  }

  /** From now on what comes is told as it comes; what has come until now. */
  goLive(): readonly Broadcast[] {
    const held = this.#held;
    this.#held = [];
    this.#stage = "live";
    return held;
  }

  /** Nothing is told any more. */
  end(): void {
    this.#stage = "over";
    this.#held = [];
  }

  deliver(broadcast: Broadcast): void {
    if (this.#stage === "live") this.#tell(broadcast);
    else if (this.#stage === "asking") this.#hold(broadcast);
  }

  /** Tells them in order; stops when the socket falls behind: the rest is asked for again once it has drained. */
  replay(broadcasts: readonly Broadcast[]): void {
    for (const broadcast of broadcasts) {
      if (this.#stage !== "live") return;
      this.#tell(broadcast);
    }
  }

  lost(reason: string): void {
    if (this.#stage !== "over") this.#owner.lost(reason);
  }

  recovered(epoch: number): void {
    this.#owner.recovered(epoch);
  }

  #tell(broadcast: Broadcast): void {
    // Readings that still wait for a slow socket are among what was forgotten.
    if (broadcast.type === "emotion_forgotten") this.#outgoing.skip(this.#owner);
    this.#outgoing.tell(this.#encoder.frameOf(broadcast), this.#owner);
  }

  #hold(broadcast: Broadcast): void {
    if (this.#held.length < this.#heldMax) this.#held.push(broadcast);
    else this.#outgoing.cutBack(this.#owner);
  }
}
