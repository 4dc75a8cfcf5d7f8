/** X2 and X3 on committed turns: every message sent is applied once, in its sender's order. */
import type { DeadLetter, TurnRecord } from "../../src/actors/ports.ts";
import type { ActorId } from "../../src/domain/address.ts";
import type { Violate } from "./violation.ts";

/** What the messages of the simulated actors carry. */
interface Numbered {
  readonly type: string;
  readonly from: ActorId | null;
  readonly ordinal: number;
}

/** The messages of one sender to one receiver. */
interface Lane {
  sent: number;
  /** The last ordinal applied. */
  applied: number;
  /** Ordinals set aside as dead letters. */
  readonly lettered: Set<number>;
}

export class MessageRules {
  readonly #lanes = new Map<string, Lane>();
  readonly #violate: Violate;
  #inFlight = 0;

  constructor(violate: Violate) {
    this.#violate = violate;
  }

  #lane(from: ActorId, to: ActorId): Lane {
    const key = `${from} → ${to}`;
    const known = this.#lanes.get(key);
    if (known !== undefined) return known;
    const fresh = { sent: 0, applied: 0, lettered: new Set<number>() };
    this.#lanes.set(key, fresh);
    return fresh;
  }

  committed({ actor, events, messages }: TurnRecord): void {
    for (const { type, body } of events) {
      if (type === "received" || type === "relayed") this.#applied(actor, body as Numbered);
    }
    for (const { to } of messages) {
      this.#lane(actor, to).sent++;
      this.#inFlight++;
    }
  }

  #applied(to: ActorId, { from, ordinal }: Numbered): void {
    if (from === null) return;
    const lane = this.#lane(from, to);
    const what = `message ${ordinal} of ${from} to ${to}`;
    if (ordinal > lane.sent) return this.#violate("S2", `${what} was applied before its sender committed it`);
    if (ordinal === lane.applied) return this.#violate("X2", `${what} was applied twice`);
    if (ordinal < lane.applied) return this.#violate("X3", `${what} was applied after message ${lane.applied}`);
    if (lane.lettered.has(ordinal)) return this.#violate("L5", `${what} was set aside and yet applied`);
    for (let skipped = lane.applied + 1; skipped < ordinal; skipped++) {
      if (!lane.lettered.has(skipped)) this.#violate("X3", `${what} was applied before message ${skipped}`);
    }
    lane.applied = ordinal;
    this.#inFlight--;
  }

  lettered({ actor, command }: DeadLetter): void {
    const { type, from, ordinal } = command as Numbered;
    if (type !== "boom" && type !== "spark") {
      this.#violate("L5", `${actor} set a ${type} aside, which never fails`);
    }
    if (from === null || from === undefined) return;
    const lane = this.#lane(from, actor);
    if (lane.lettered.has(ordinal)) return;
    lane.lettered.add(ordinal);
    this.#inFlight--;
  }

  /** A lane with messages neither applied nor set aside, or null when all have arrived. */
  outstanding(): string | null {
    if (this.#inFlight === 0) return null;
    for (const [name, { sent, applied, lettered }] of this.#lanes) {
      const aside = [...lettered].filter((ordinal) => ordinal > applied).length;
      if (applied + aside < sent) return `${name}: ${sent} sent, ${applied} applied, ${lettered.size} set aside`;
    }
    return `${this.#inFlight} messages`;
  }
}
