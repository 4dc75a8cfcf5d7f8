/** Those who watch one actor, by audience: each event is projected once an audience and told to all of it. */
import type { ActorId } from "../domain/address.ts";
import type { Projection } from "../domain/aggregate.ts";
import type { Ephemeral } from "../domain/decision.ts";
import { type Broadcast, REGROUPED, type Watcher } from "./envelope.ts";
import { type PastEvent, ReplayRing } from "./replay_ring.ts";

/** One watcher's place in an audience. */
export interface Subscription {
  readonly watcher: Watcher;
  readonly audience: string;
  /** What came since it joined, held until it has been told where it stands; null once it is live. */
  held: Broadcast[] | null;
  /** Set when the watch ended while it was not live yet. */
  lostReason: string | null;
}

export interface AudienceLimits {
  readonly replayRingMax: number;
  /** Broadcasts held for a watcher that is not live yet. */
  readonly heldMax: number;
}

/** A rule or a watcher threw; reported, never passed on to the actor. */
export type ReportTrouble = (thrown: unknown) => void;

/** What an aggregate says of its events' watchers. */
export interface AudienceRules<E> {
  project(event: E, audience: string): Projection | null;
  readonly regroups?: (event: E) => readonly string[];
}

export class Audiences<E> {
  readonly #actor: ActorId;
  readonly #rules: AudienceRules<E>;
  readonly #limits: AudienceLimits;
  readonly #trouble: ReportTrouble;
  readonly #ring: ReplayRing<E>;
  readonly #byAudience = new Map<string, Set<Subscription>>();
  readonly #byWatcher = new Map<Watcher, Subscription>();

  constructor(
    actor: ActorId,
    rules: AudienceRules<E>,
    limits: AudienceLimits,
    trouble: ReportTrouble,
  ) {
    this.#actor = actor;
    this.#rules = rules;
    this.#limits = limits;
    this.#trouble = trouble;
    this.#ring = new ReplayRing<E>(limits.replayRingMax);
  }

  get size(): number {
    return this.#byWatcher.size;
  }

  get ringSize(): number {
    return this.#ring.size;
  }

  /** Joins a watcher; what happens from now on is held for it until `goLive`. A second watch replaces the first. */
  join(watcher: Watcher, audience: string): Subscription {
    this.leave(watcher);
    const subscription: Subscription = { watcher, audience, held: [], lostReason: null };
    this.#byWatcher.set(watcher, subscription);
    const members = this.#byAudience.get(audience);
    if (members === undefined) this.#byAudience.set(audience, new Set([subscription]));
    else members.add(subscription);
    return subscription;
  }

  leave(watcher: Watcher): void {
    const subscription = this.#byWatcher.get(watcher);
    if (subscription === undefined) return;
    this.#byWatcher.delete(watcher);
    const members = this.#byAudience.get(subscription.audience);
    members?.delete(subscription);
    if (members?.size === 0) this.#byAudience.delete(subscription.audience);
  }

  /** Delivers what was held, in order, and everything after it as it comes. */
  goLive(subscription: Subscription): void {
    const held = subscription.held ?? [];
    // By index: what a delivery sets off is held too, and must come after the rest.
    for (let i = 0; i < held.length; i++) {
      const left = this.#byWatcher.get(subscription.watcher) !== subscription;
      const broadcast = held[i];
      if ((left && subscription.lostReason === null) || broadcast === undefined) return;
      this.#hand(subscription.watcher, broadcast);
    }
    subscription.held = null;
    if (subscription.lostReason !== null) this.#tellLost(subscription.watcher, subscription.lostReason);
  }

  /** Tells committed events, in order. */
  tell(past: PastEvent<E>): void {
    this.#ring.add(past);
    for (const [audience, members] of this.#byAudience) {
      const broadcast = this.#projected(past, audience);
      if (broadcast === "failed") this.#dropAudience(members, "projection_failed");
      else if (broadcast !== null) { for (const member of members) this.#deliver(member, broadcast); }
    }
    if (this.#rules.regroups !== undefined) this.#regroup(past.event, this.#rules.regroups);
  }

  /** Every watcher hears that the actor has been read anew. */
  recovered(epoch: number): void {
    for (const watcher of this.#byWatcher.keys()) {
      try {
        watcher.recovered?.(epoch);
      } catch (thrown) {
        this.#trouble(thrown);
      }
    }
  }

  /** Tells something that is not stored. `seq` is the number of the last event before it. */
  tellEphemeral(ephemeral: Ephemeral, epoch: number, seq: number, atMs: number): void {
    const { type, data, key = type } = ephemeral;
    const broadcast: Broadcast = { actor: this.#actor, epoch, seq, atMs, class: "ephemeral", key, type, data };
    for (const audience of new Set(ephemeral.audiences)) {
      for (const member of this.#byAudience.get(audience) ?? []) this.#deliver(member, broadcast);
    }
  }

  /** Tells each watcher what `broadcastFor` has for it, if anything; an audience for which that throws is dropped. */
  tellEach(broadcastFor: (member: Subscription) => Broadcast | null): void {
    for (const members of this.#byAudience.values()) {
      try {
        for (const member of members) {
          const broadcast = broadcastFor(member);
          if (broadcast !== null) this.#deliver(member, broadcast);
        }
      } catch (thrown) {
        this.#trouble(thrown);
        this.#dropAudience(members, "projection_failed");
      }
    }
  }

  /** What an audience would have been told after `afterSeq` up to `lastSeq`; null when memory does not reach back. */
  missed(afterSeq: number, lastSeq: number, audience: string): readonly Broadcast[] | null {
    const past = afterSeq === lastSeq ? [] : this.#ring.after(afterSeq, lastSeq);
    return past === null ? null : this.project(past, audience);
  }

  /** Past events as broadcasts to one audience; null when they cannot be projected. */
  project(past: readonly PastEvent<E>[], audience: string): readonly Broadcast[] | null {
    const broadcasts: Broadcast[] = [];
    for (const one of past) {
      const broadcast = this.#projected(one, audience);
      if (broadcast === "failed") return null;
      if (broadcast !== null) broadcasts.push(broadcast);
    }
    return broadcasts;
  }

  /** Ends every watch; those not live yet are told when their turn comes. */
  lose(reason: string): void {
    const all = [...this.#byWatcher.values()];
    this.#byWatcher.clear();
    this.#byAudience.clear();
    this.#ring.clear();
    for (const subscription of all) this.#lose(subscription, reason);
  }

  #lose(subscription: Subscription, reason: string): void {
    subscription.lostReason = reason;
    if (subscription.held === null) this.#tellLost(subscription.watcher, reason);
  }

  #dropAudience(members: ReadonlySet<Subscription>, reason: string): void {
    for (const member of [...members]) {
      this.leave(member.watcher);
      this.#lose(member, reason);
    }
  }

  #regroup(event: E, regroups: (event: E) => readonly string[]): void {
    try {
      for (const audience of regroups(event)) {
        this.#dropAudience(this.#byAudience.get(audience) ?? new Set(), REGROUPED);
      }
    } catch (thrown) {
      this.#trouble(thrown);
    }
  }

  #projected({ event, epoch, seq, atMs }: PastEvent<E>, audience: string): Broadcast | "failed" | null {
    try {
      const projection = this.#rules.project(event, audience);
      if (projection === null) return null;
      const { type, data } = projection;
      return { actor: this.#actor, epoch, seq, atMs, class: "event", key: null, type, data };
    } catch (thrown) {
      this.#trouble(thrown);
      return "failed";
    }
  }

  #deliver(subscription: Subscription, broadcast: Broadcast): void {
    const { held, watcher } = subscription;
    if (held !== null) {
      held.push(broadcast);
      if (held.length <= this.#limits.heldMax) return;
      this.leave(watcher);
      held.length = 0;
      subscription.lostReason = "too_slow_to_join";
      return;
    }
    this.#hand(watcher, broadcast);
  }

  #hand(watcher: Watcher, broadcast: Broadcast): void {
    try {
      watcher.deliver(broadcast);
    } catch (thrown) {
      this.#trouble(thrown);
      this.leave(watcher);
      this.#tellLost(watcher, "watcher_failed");
    }
  }

  #tellLost(watcher: Watcher, reason: string): void {
    try {
      watcher.lost(reason);
    } catch (thrown) {
      this.#trouble(thrown);
    }
  }
}
