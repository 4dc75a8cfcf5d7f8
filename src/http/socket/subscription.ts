/** One channel on one socket: joined, kept in order, cut when the socket is behind, caught up when it is not. */
import { REGROUPED, type ResumePoint, type WatchOutcome } from "../../actors/envelope.ts";
import { type ActorId, kindOf } from "../../domain/address.ts";
import { assertNever } from "../../domain/assert_never.ts";
import type { Principal } from "../../domain/principal.ts";
import { ChannelWatch, type WatchOwner } from "./channel_watch.ts";
import type { AttendingDevice } from "../../domain/attendance.ts";
import type { Clock } from "./clock.ts";
import type { Door } from "./door.ts";
import { type Encoded, encodeFrame } from "./encoded.ts";
import type { BroadcastEncoder } from "./event_to_frame.ts";
import type { SocketLimits } from "./limits.ts";
import type { Outgoing } from "./outgoing.ts";
import type { Attendee, Presence } from "./presence.ts";
import type { RefusalText } from "./refusal.ts";

/** What every subscription of the edge shares. */
export interface ChannelParts {
  readonly door: Door;
  readonly encoder: BroadcastEncoder;
  readonly presence: Presence;
  readonly clock: Clock;
  readonly limits: SocketLimits;
}

/** What a subscription needs of the connection that it is on. */
export interface SubscriptionHost {
  readonly outgoing: Outgoing;
  readonly hearing: AttendingDevice;
}

/** Whether it does not exist or is not for them is nobody's to learn. */
const NOT_FOUND: RefusalText = {
  code: "not_found",
  message: "there is no such channel for you",
  retryAfterMs: null,
};

/** Channels that are formed and filled by messages, which may be on their way when their members have been told. */
const FORMED_BY_MESSAGE: readonly string[] = ["room"];

/** Why a node in its last seconds drops watchers and refuses new ones. */
const DRAINING = "draining";

type Phase =
  /** Asked to watch; broadcasts that overtake the answer are held. */
  | { readonly kind: "asking"; readonly watch: ChannelWatch }
  | { readonly kind: "live"; readonly watch: ChannelWatch }
  /** Silent until the socket has drained or the runtime takes watchers again. */
  | { readonly kind: "behind"; readonly cancelRetry: (() => void) | null }
  | { readonly kind: "left" };

export class Subscription implements WatchOwner, Attendee {
  readonly channel: ActorId;
  readonly principal: Principal;
  readonly device: AttendingDevice;
  readonly #parts: ChannelParts;
  readonly #outgoing: Outgoing;
  readonly #onRefused: (refusal: RefusalText) => void;
  readonly #opened = Promise.withResolvers<void>();
  #phase: Phase = { kind: "behind", cancelRetry: null };
  #point: ResumePoint | null;
  /** The peer has been told that it joined, or will be by a frame that is on its way. */
  #announced = false;
  #present = false;
  /** What it has seen may be less than what it may see now. */
  #isRegrouped = false;
  #triesLeft: number;

  /** `onRefused` is called once if the channel cannot be watched; the subscription has left by then. */
  constructor(
    channel: ActorId,
    principal: Principal,
    resume: ResumePoint | null,
    { outgoing, hearing }: SubscriptionHost,
    parts: ChannelParts,
    onRefused: (refusal: RefusalText) => void,
  ) {
    this.channel = channel;
    this.principal = principal;
    this.#point = resume;
    this.#outgoing = outgoing;
    this.device = hearing;
    this.#parts = parts;
    this.#onRefused = onRefused;
    this.#triesLeft = parts.limits.rejoinTriesMax;
  }

  /** The last event handed to the socket, or the resume point it came with. */
  get point(): ResumePoint | null {
    return this.#point;
  }

  /** Settles once the first answer to `join` is known. */
  get opened(): Promise<void> {
    return this.#opened.promise;
  }

  /** Asks the runtime to watch from the last point known. */
  async open(): Promise<void> {
    const { door, encoder, limits } = this.#parts;
    const watch = new ChannelWatch(this, this.#outgoing, encoder, limits.heldBroadcastsMax);
    this.#phase = { kind: "asking", watch };
    const { channel, principal } = this;
    const outcome = await door.watch(channel, principal, this.#isRegrouped ? null : this.#point, watch);
    if (watch.isOver) door.unwatch(channel, watch);
    else this.#answered(outcome, watch);
    if (this.#announced || !this.#isComing) this.#opened.resolve();
  }

  leave(): void {
    this.#stopWatching();
    this.#phase = { kind: "left" };
    this.#outgoing.forget(this);
    if (this.#present) this.#parts.presence.leave(this.channel, this);
    this.#opened.resolve();
  }

  tellPresence(frame: Encoded): void {
    if (this.#phase.kind === "live") this.#outgoing.passing(frame, this, "presence");
  }

  hearingChanged(): void {
    if (this.#present) this.#parts.presence.hearingChanged(this.channel, this);
  }

  lost(reason: string): void {
    if (reason === REGROUPED) this.#regroup();
    else this.#retry(this.#parts.limits.rejoinWaitMs, reason);
  }

  recovered(epoch: number): void {
    this.#parts.presence.forgotten(this.channel, this, epoch);
  }

  passed(place: ResumePoint): void {
    this.#point = place;
    this.#announced = true;
    this.#triesLeft = this.#parts.limits.rejoinTriesMax;
  }

  cut(): void {
    this.#stopWatching();
    if (this.#phase.kind !== "left") this.#phase = { kind: "behind", cancelRetry: null };
  }

  catchUp(): void {
    if (this.#phase.kind === "behind") void this.open();
  }

  #answered(outcome: WatchOutcome, watch: ChannelWatch): void {
    switch (outcome.kind) {
      case "resumed":
        this.#begin(watch, outcome);
        return;
      case "reset":
        this.#isRegrouped = false;
        this.#begin(watch, outcome);
        return;
      case "forbidden":
        if (this.#isComing) this.#retry(this.#parts.limits.rejoinWaitMs, "not_found");
        else this.#refused(NOT_FOUND);
        return;
      case "refused":
        if (outcome.code === "unknown_kind") this.#refused(NOT_FOUND);
        // A first join is the client's to repeat; one that was granted is taken up again here.
        else if (this.#announced) this.#retry(outcome.retryAfterMs, outcome.code);
        else this.#refused(outcome);
        return;
      default:
        assertNever(outcome);
    }
  }

  #begin(watch: ChannelWatch, outcome: Extract<WatchOutcome, { kind: "resumed" | "reset" }>): void {
    this.#phase = { kind: "live", watch };
    const held = watch.goLive();
    this.#enter(outcome.epoch);
    this.#confirm(outcome);
    if (outcome.kind === "resumed") watch.replay(outcome.missed);
    watch.replay(held);
  }

  /** Tells the peer where the channel stands: `joined`, or `reset` where it knew another past. */
  #confirm(outcome: Extract<WatchOutcome, { kind: "resumed" | "reset" }>): void {
    const { channel } = this;
    const { epoch } = outcome;
    const present = this.#parts.presence.list(channel, this.principal);
    if (outcome.kind === "reset" && this.#point !== null) {
      const frame = encodeFrame({ type: "reset", channel, epoch, seq: outcome.seq, state: outcome.state, present });
      this.#outgoing.advance(frame, this, { epoch, seq: outcome.seq });
      return;
    }
    if (this.#announced) {
      this.#outgoing.passing(this.#parts.presence.frameOf(channel, this.principal), this, "presence");
      return;
    }
    // A resumed channel stands where the peer said, under the epoch it said, until the missed events have passed.
    const from = outcome.kind === "resumed" ? this.#point ?? outcome : outcome;
    const state = outcome.kind === "reset" ? outcome.state : null;
    const resumed = outcome.kind === "resumed";
    const frame = encodeFrame({ type: "joined", channel, epoch, seq: from.seq, resumed, state, present });
    this.#outgoing.advance(frame, this, { epoch: from.epoch, seq: from.seq });
  }

  /** Frames that wait were meant for the audience it was in. */
  #regroup(): void {
    this.#isRegrouped = true;
    this.#outgoing.cutBack(this);
  }

  /** Whether a first join that finds nothing is worth another look. */
  get #isComing(): boolean {
    return !this.#announced && this.#triesLeft > 0 && FORMED_BY_MESSAGE.includes(kindOf(this.channel));
  }

  #retry(afterMs: number, reason: string): void {
    // A node that drains says so until its sockets are told to come back; that is no failure of the channel.
    if (reason !== DRAINING) this.#triesLeft -= 1;
    if (this.#triesLeft < 0) {
      const message = `the channel was lost (${reason}): join it again`;
      this.#refused({ code: "channel_lost", message, retryAfterMs: afterMs });
      return;
    }
    this.#stopWatching();
    const cancelRetry = this.#parts.clock.after(afterMs, () => {
      if (this.#phase.kind === "behind") void this.open();
    });
    this.#phase = { kind: "behind", cancelRetry };
  }

  #refused(refusal: RefusalText): void {
    this.leave();
    this.#onRefused(refusal);
  }

  #enter(epoch: number): void {
    if (this.#present) {
      this.#parts.presence.forgotten(this.channel, this, epoch);
      return;
    }
    this.#present = true;
    this.#parts.presence.enter(this.channel, this);
  }

  #stopWatching(): void {
    const phase = this.#phase;
    if (phase.kind === "live" || phase.kind === "asking") {
      phase.watch.end();
      this.#parts.door.unwatch(this.channel, phase.watch);
    }
    if (phase.kind === "behind") phase.cancelRetry?.();
  }
}
