/** One actor's digests: what its way since the last one, or time alone, means to an audience, told at most so often. */
import type { ActorId } from "../domain/address.ts";
import type { Digest } from "../domain/aggregate.ts";
import type { Audiences, Subscription } from "./audience.ts";
import type { Broadcast } from "./envelope.ts";
import type { Clock } from "./ports.ts";

/** The committed state and where it stands. */
export interface Standing<S> {
  readonly epoch: number;
  readonly seq: number;
  readonly state: S;
}

export interface DigestPlace<S> {
  readonly actor: ActorId;
  readonly clock: Clock;
  /** Where the actor stands when it is asked. */
  standing(): Standing<S>;
}

/** What a watcher has been told, and when. */
interface Known<S> {
  readonly state: S;
  readonly atMs: number;
}

export class Digests<S, E> {
  readonly #digest: Digest<S>;
  readonly #audiences: Audiences<E>;
  readonly #place: DigestPlace<S>;
  /** What each watcher knows: the state of its view, or of its last digest. */
  readonly #known = new WeakMap<Subscription, Known<S>>();
  #seen: S | null = null;
  #toldAtMs = -Infinity;
  #cancel: (() => void) | null = null;
  #cancelAgain: (() => void) | null = null;

  constructor(digest: Digest<S>, audiences: Audiences<E>, place: DigestPlace<S>) {
    this.#digest = digest;
    this.#audiences = audiences;
    this.#place = place;
  }

  tells(audience: string): boolean {
    return this.#digest.tells(audience);
  }

  /** A watcher has been given the view of `state`: its first digest starts there. */
  shown(subscription: Subscription, state: S): void {
    if (!this.tells(subscription.audience)) return;
    this.#known.set(subscription, { state, atMs: this.#place.clock.nowMs() });
    if (this.#cancelAgain === null) this.#lookAgain();
  }

  /** The committed state may have moved: tells of it now, or once `everyMs` have passed since the last time. */
  moved(): void {
    if (this.#cancel !== null || this.#audiences.size === 0) return;
    const { state } = this.#place.standing();
    if (state === this.#seen) return;
    const sinceToldMs = this.#place.clock.nowMs() - this.#toldAtMs;
    if (sinceToldMs >= this.#digest.everyMs) {
      this.#tell();
      return;
    }
    // A clock set back must not put the telling off for longer than usual.
    this.#cancel = this.#place.clock.after(this.#digest.everyMs - Math.max(0, sinceToldMs), () => {
      this.#cancel = null;
      this.#tell();
    });
  }

  /** Nobody watches any more. */
  end(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#cancelAgain?.();
    this.#cancelAgain = null;
    this.#seen = null;
  }

  /** What time alone brings is told too, while somebody watches. */
  #lookAgain(): void {
    this.#cancelAgain?.();
    this.#cancelAgain = null;
    const { againMs } = this.#digest;
    if (againMs === undefined || this.#audiences.size === 0) return;
    this.#cancelAgain = this.#place.clock.after(againMs, () => {
      this.#cancelAgain = null;
      // A telling that is due already looks again by itself.
      if (this.#cancel === null) this.#tell();
    });
  }

  #tell(): void {
    const standing = this.#place.standing();
    const nowMs = this.#place.clock.nowMs();
    const hasMoved = standing.state !== this.#seen;
    const now: Known<S> = { state: standing.state, atMs: nowMs };
    this.#seen = standing.state;
    // Those who know the same are told the same object, so that it is encoded once.
    const made = new Map<string, Map<Known<S>, Broadcast | null>>();
    let hasNews = false;
    this.#audiences.tellEach((subscription) => {
      const { audience } = subscription;
      const known = this.#known.get(subscription);
      if (known === undefined) return null;
      if (known.state === standing.state && this.#digest.againMs === undefined) return null;
      this.#known.set(subscription, now);
      const byKnown = made.get(audience) ?? new Map<Known<S>, Broadcast | null>();
      made.set(audience, byKnown);
      const found = byKnown.get(known);
      if (found !== undefined) return found;
      const broadcast = this.#broadcast(known, standing, audience, nowMs);
      byKnown.set(known, broadcast);
      hasNews ||= broadcast !== null;
      return broadcast;
    });
    // A look that found nothing puts no change off.
    if (hasMoved || hasNews) this.#toldAtMs = nowMs;
    this.#lookAgain();
  }

  #broadcast(known: Known<S>, { state, epoch, seq }: Standing<S>, audience: string, nowMs: number): Broadcast | null {
    const projection = this.#digest.of(known.state, state, audience, nowMs, known.atMs);
    if (projection === null) return null;
    const { type, data } = projection;
    return { actor: this.#place.actor, epoch, seq, atMs: nowMs, class: "ephemeral", key: null, type, data };
  }
}
