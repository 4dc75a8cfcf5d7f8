/** Joins watchers to an actor and answers reads, at one instant of its committed state. */
import type { ActorId } from "../domain/address.ts";
import type { Aggregate } from "../domain/aggregate.ts";
import type { Json } from "../domain/json.ts";
import type { Principal } from "../domain/principal.ts";
import { Audiences, type Subscription } from "./audience.ts";
import { refusal } from "./delivery.ts";
import { Digests, type Standing } from "./digests.ts";
import type { Broadcast, ReadOutcome, ResumePoint, Watcher, WatchOutcome } from "./envelope.ts";
import { METER } from "./meter_names.ts";
import type { Meter } from "./ports.ts";
import { readJournal, type RecoveryPlace } from "./recovery.ts";
import type { PastEvent } from "./replay_ring.ts";

export interface WatchRequest {
  readonly principal: Principal;
  readonly resume: ResumePoint | null;
  readonly watcher: Watcher;
}

export interface WatchingPlace extends RecoveryPlace {
  readonly meter: Meter;
}

export class Watching<S, C, E extends { readonly type: string }, X> {
  readonly audiences: Audiences<E>;
  readonly #aggregate: Aggregate<S, C, E, X>;
  readonly #actor: ActorId;
  readonly #place: WatchingPlace;
  readonly #standing: () => Standing<S>;
  readonly #digests: Digests<S, E> | null;
  readonly #trouble: (thrown: unknown) => void;

  /** `standing` tells where the actor stands when it is asked; `trouble` hears of every rule or watcher that throws. */
  constructor(
    aggregate: Aggregate<S, C, E, X>,
    actor: ActorId,
    replayRingMax: number,
    place: WatchingPlace,
    standing: () => Standing<S>,
    trouble: (thrown: unknown) => void,
  ) {
    this.#aggregate = aggregate;
    this.#actor = actor;
    this.#place = place;
    this.#standing = standing;
    this.#trouble = trouble;
    const limits = { replayRingMax, heldMax: place.limits.resumeEventsMax };
    this.audiences = new Audiences<E>(actor, aggregate, limits, trouble);
    const { digest } = aggregate;
    this.#digests = digest === undefined
      ? null
      : new Digests(digest, this.audiences, { actor, clock: place.clock, standing });
  }

  /**
   * Joins at the present instant: everything up to it is in the outcome, everything after it is delivered after the
   * caller has had the outcome.
   */
  async watch(request: WatchRequest): Promise<WatchOutcome> {
    const { principal, watcher } = request;
    let subscription: Subscription | null = null;
    try {
      const audience = this.#aggregate.audienceOf(this.#standing().state, principal);
      if (audience === null) return { kind: "forbidden" };
      if (this.audiences.size >= this.#place.limits.watchersPerActorMax) {
        return refusal("mailbox_full", "too many watchers", this.#place.limits.backoffMsMax);
      }
      const joined = this.audiences.join(watcher, audience);
      subscription = joined;
      const outcome = await this.#outcome(joined, request.resume);
      // A timer runs after every pending promise, so the caller has the outcome before the first delivery.
      if (outcome.kind !== "refused") this.#place.clock.after(0, () => this.audiences.goLive(joined));
      return outcome;
    } catch (thrown) {
      this.#trouble(thrown);
      if (subscription !== null) this.audiences.leave(watcher);
      return refusal("restarting", "the actor could not be shown", this.#place.limits.backoffMsMax);
    }
  }

  read(principal: Principal): ReadOutcome {
    const { epoch, seq, state } = this.#standing();
    try {
      const audience = this.#aggregate.audienceOf(state, principal);
      if (audience === null) return { kind: "forbidden" };
      return { kind: "read", epoch, seq, state: this.#view(state, audience) };
    } catch (thrown) {
      this.#trouble(thrown);
      return refusal("restarting", "the actor could not be shown", this.#place.limits.backoffMsMax);
    }
  }

  /**
   * Tells the watchers what committed while nobody could say so: after an append of unknown outcome the journal knows.
   * Watchers too far behind are lost instead.
   */
  async catchUp(toldSeq: number, seq: number): Promise<void> {
    if (this.audiences.size === 0) return;
    if (seq - toldSeq > this.#place.limits.resumeEventsMax) {
      this.lose("too_far_behind");
      return;
    }
    const missed: PastEvent<E>[] = [];
    for await (const past of this.#readPast(toldSeq, seq)) missed.push(past);
    for (const past of missed) this.audiences.tell(past);
  }

  /** The actor has been read anew from its journal. */
  recovered(): void {
    this.audiences.recovered(this.#standing().epoch);
    this.moved();
  }

  /** The committed state may have moved on. */
  moved(): void {
    this.#digests?.moved();
  }

  lose(reason: string): void {
    this.#digests?.end();
    if (this.audiences.size > 0) this.#place.meter.count(METER.watchersLost, this.audiences.size);
    this.audiences.lose(reason);
  }

  async #outcome(subscription: Subscription, resume: ResumePoint | null): Promise<WatchOutcome> {
    const { epoch, seq } = this.#standing();
    const usable = resume !== null && resume.seq <= seq && resume.epoch <= epoch;
    // Digests are not stored, so no resume point says which of them were missed.
    if (!usable || this.#digests?.tells(subscription.audience)) return this.#reset(subscription);
    const recent = this.audiences.missed(resume.seq, seq, subscription.audience);
    if (recent !== null) return { kind: "resumed", epoch, seq, missed: recent };
    if (seq - resume.seq > this.#place.limits.resumeEventsMax) return this.#reset(subscription);
    const missed = await this.#missedFromJournal(resume.seq, seq, subscription.audience);
    if (subscription.lostReason !== null) {
      return refusal("restarting", `the watch ended: ${subscription.lostReason}`, this.#place.limits.backoffMsMin);
    }
    return missed === null ? this.#reset(subscription) : { kind: "resumed", epoch, seq, missed };
  }

  /** The present state, which holds whatever was kept for the watcher so far. */
  #reset(subscription: Subscription): WatchOutcome {
    const { epoch, seq, state } = this.#standing();
    if (subscription.held !== null) subscription.held.length = 0;
    this.#digests?.shown(subscription, state);
    return { kind: "reset", epoch, seq, state: this.#view(state, subscription.audience) };
  }

  #view(state: S, audience: string): Json {
    return this.#aggregate.view(state, audience, this.#place.clock.nowMs());
  }

  async #missedFromJournal(afterSeq: number, seq: number, audience: string): Promise<readonly Broadcast[] | null> {
    try {
      const past: PastEvent<E>[] = [];
      for await (const one of this.#readPast(afterSeq, seq)) past.push(one);
      return past.length === seq - afterSeq ? this.audiences.project(past, audience) : null;
    } catch (thrown) {
      // A reset is as good: the watcher then starts from the present state.
      this.#trouble(thrown);
      return null;
    }
  }

  async *#readPast(afterSeq: number, seq: number): AsyncGenerator<PastEvent<E>> {
    for await (const stored of readJournal(this.#place, this.#actor, afterSeq, seq)) {
      const event = this.#aggregate.upcastEvent(stored.version, stored.type, stored.body);
      yield { seq: stored.seq, epoch: stored.epoch, atMs: stored.atMs, event };
    }
  }
}
