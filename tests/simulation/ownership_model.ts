/** What claims and leases must mean, kept apart from the store that grants them. */
import type { ClaimOutcome } from "../../src/actors/ports.ts";
import type { ActorId } from "../../src/domain/address.ts";
import type { Violate } from "./violation.ts";

interface Holding {
  readonly epoch: number;
  readonly node: string | null;
}

export class OwnershipModel {
  readonly #holdings = new Map<ActorId, Holding>();
  readonly #leases = new Map<string, number>();
  readonly #nowMs: () => number;
  readonly #violate: Violate;

  constructor(nowMs: () => number, violate: Violate) {
    this.#nowMs = nowMs;
    this.#violate = violate;
  }

  epochOf(actor: ActorId): number {
    return this.#holdings.get(actor)?.epoch ?? 0;
  }

  holderOf(actor: ActorId): string | null {
    return this.#holdings.get(actor)?.node ?? null;
  }

  /** True while somebody's lease protects the actor from `node`. */
  isHeldAgainst(actor: ActorId, node: string): boolean {
    const holder = this.#holdings.get(actor)?.node ?? null;
    return holder !== null && holder !== node && this.isLive(holder);
  }

  isLive(node: string): boolean {
    return (this.#leases.get(node) ?? 0) > this.#nowMs();
  }

  /** `node` decides on, or shows, an actor: only under a lease, which it counts shorter than the database does. */
  acting(actor: ActorId, node: string, what: string): void {
    if (!this.isLive(node)) this.#violate("O3", `${node} ${what} ${actor} without a live lease`);
  }

  claimed(actor: ActorId, node: string, outcome: ClaimOutcome): void {
    const held = this.isHeldAgainst(actor, node);
    if (outcome.kind === "held") {
      if (!held) this.#violate("O3", `${actor} was refused to ${node} though nobody with a live lease held it`);
      return;
    }
    if (held) this.#violate("O3", `${actor} went to ${node} while its owner's lease was live`);
    const expected = this.epochOf(actor) + 1;
    if (outcome.epoch !== expected) {
      this.#violate("O1", `${actor} was claimed under epoch ${outcome.epoch}, expected ${expected}`);
    }
    this.#holdings.set(actor, { epoch: outcome.epoch, node });
  }

  released(actor: ActorId, epoch: number): void {
    if (this.epochOf(actor) === epoch) this.#holdings.set(actor, { epoch, node: null });
  }

  renewed(node: string, leaseMs: number): void {
    this.#leases.set(node, this.#nowMs() + leaseMs);
  }

  ended(node: string): void {
    this.#leases.delete(node);
  }
}
