/** The node's lease on everything it owns: renewed every third of its life, judged by the database's clock. */
import { reasonOf, withDeadline } from "./deadline.ts";
import type { RuntimeLimits } from "./limits.ts";
import { METER } from "./meter_names.ts";
import type { Clock, Meter, Ownership } from "./ports.ts";

const RENEWALS_PER_LEASE = 3;

export interface LeaseOwner {
  /** The lease had ended before it was renewed: any actor may have been taken. */
  leaseLost(): void;
  /** The lease is live after a time in which nobody knew. */
  leaseLive(): void;
  leaseTroubled(reason: string): void;
}

export class Lease {
  readonly #node: string;
  readonly #ownership: Ownership;
  readonly #clock: Clock;
  readonly #meter: Meter;
  readonly #limits: RuntimeLimits;
  readonly #owner: LeaseOwner;
  #liveUntilMs = Number.NEGATIVE_INFINITY;
  #cancelRenewal: (() => void) | null = null;
  /** The renewal under way, or the last one. */
  #renewal: Promise<void> = Promise.resolve();
  #ended = false;

  constructor(
    parts: { node: string; ownership: Ownership; clock: Clock; meter: Meter; limits: RuntimeLimits },
    owner: LeaseOwner,
  ) {
    this.#node = parts.node;
    this.#ownership = parts.ownership;
    this.#clock = parts.clock;
    this.#meter = parts.meter;
    this.#limits = parts.limits;
    this.#owner = owner;
  }

  /** Takes the lease. Rejects as the store does. */
  async start(): Promise<void> {
    const askedMs = this.#clock.nowMs();
    await this.#ask();
    this.#liveUntilMs = askedMs + this.#limits.leaseMs;
    this.#schedule();
  }

  /** Whether the lease, counted from before it was last asked for, still runs. */
  isLive(nowMs: number): boolean {
    return nowMs < this.#liveUntilMs;
  }

  /**
   * Ends the lease, within `limitMs` milliseconds. Rejects as the store does, or when that time is over; the lease then
   * runs out by itself.
   */
  async end(limitMs: number): Promise<void> {
    this.#ended = true;
    this.#cancelRenewal?.();
    this.#liveUntilMs = Number.NEGATIVE_INFINITY;
    // A renewal that reaches the store later would let the lease live on.
    const ended = this.#renewal.then(() => this.#ownership.endLease(this.#node));
    await withDeadline(ended, Math.min(limitMs, this.#limits.storeCallMsMax), this.#clock);
  }

  #ask(): Promise<boolean> {
    const { leaseMs } = this.#limits;
    return withDeadline(this.#ownership.renewLease(this.#node, leaseMs), leaseMs, this.#clock);
  }

  #schedule(): void {
    if (this.#ended) return;
    const everyMs = this.#limits.leaseMs / RENEWALS_PER_LEASE;
    this.#cancelRenewal = this.#clock.after(everyMs, () => {
      this.#renewal = this.#renew();
    });
  }

  async #renew(): Promise<void> {
    const askedMs = this.#clock.nowMs();
    const wasLive = this.isLive(askedMs);
    try {
      const inTime = await this.#ask();
      if (this.#ended) return;
      const gap = !wasLive || !this.isLive(this.#clock.nowMs());
      this.#liveUntilMs = askedMs + this.#limits.leaseMs;
      // A renewal whose answer was lost may have bridged a gap unseen; our own count of time shows it.
      if (!inTime || !wasLive) this.#owner.leaseLost();
      if (gap) this.#owner.leaseLive();
    } catch (thrown) {
      this.#meter.count(METER.storeRetries);
      this.#owner.leaseTroubled(reasonOf(thrown));
    }
    this.#schedule();
  }
}
