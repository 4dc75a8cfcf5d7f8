/** T1 and T2 on committed turns: which timers must exist, and that each one fires once, in its place. */
import type { TurnRecord } from "../../src/actors/ports.ts";
import type { ActorId } from "../../src/domain/address.ts";
import type { Violate } from "./violation.ts";

/** The body of a `rang` event. */
interface Rang {
  readonly name: string;
  readonly dueMs: number;
  readonly atMs: number;
}

export class TimerRules {
  readonly #set = new Map<ActorId, Map<string, number>>();
  readonly #violate: Violate;

  constructor(violate: Violate) {
    this.#violate = violate;
  }

  committed({ actor, events, timersSet, timersCleared }: TurnRecord): void {
    const timers = this.#set.get(actor) ?? new Map<string, number>();
    this.#set.set(actor, timers);
    const rang = events.flatMap(({ type, body }) => type === "rang" ? [body as Rang] : []);
    for (const { name, dueMs, atMs } of rang) this.#checkRing(actor, timers, { name, dueMs, atMs });
    for (const name of timersCleared) timers.delete(name);
    for (const { name, dueMs } of timersSet) timers.set(name, dueMs);
    const moved = new Set(timersSet.map(({ name }) => name));
    for (const { name } of rang) {
      if (!moved.has(name) && timers.has(name)) {
        this.#violate("T1", `${actor}: the turn that ${name} fired in left it set`);
      }
    }
  }

  #checkRing(actor: ActorId, timers: ReadonlyMap<string, number>, { name, dueMs, atMs }: Rang): void {
    const expected = timers.get(name);
    if (atMs < dueMs) this.#violate("T1", `${actor}: ${name} fired ${dueMs - atMs} ms early`);
    if (expected === undefined) {
      this.#violate("T1", `${actor}: ${name} due ${dueMs} fired again, or after it was cleared`);
    } else if (expected !== dueMs) {
      this.#violate("T2", `${actor}: ${name} fired for ${dueMs} although it had moved to ${expected}`);
    }
  }

  /** One timer that is still set, or null when none is. */
  outstanding(): string | null {
    for (const [actor, timers] of this.#set) {
      for (const [name, dueMs] of timers) return `${actor} ${name} due ${dueMs}`;
    }
    return null;
  }
}
