/** The whole truth about one actor: its committed events folded one by one, every state on the way kept. */
import type { NewEvent } from "../../src/actors/ports.ts";
import type { ActorId } from "../../src/domain/address.ts";
import { keyOf } from "../../src/domain/address.ts";
import type { Aggregate, Listing, Projection } from "../../src/domain/aggregate.ts";
import type { Json } from "../../src/domain/json.ts";
import type { Principal } from "../../src/domain/principal.ts";
import type { Based, Seen } from "./actors/digest.ts";

export interface Fold {
  /** Number of the last committed event. */
  seq(): number;
  digestAt(seq: number): number;
  /** Takes the next event as stored; says which digest the event was decided on. */
  apply(stored: NewEvent, atMs: number): number;
  /** The event of that number, after upcasting. */
  eventAt(seq: number): object;
  viewAt(seq: number, audience: string): Json;
  audienceAt(seq: number, principal: Principal): string | null;
  projectionAt(seq: number, audience: string): Projection | null;
  /** Effects that the last committed state waits for. */
  waiting(): number;
  listing(): Listing | null;
}

export class NoSuchEventError extends Error {
  override readonly name = "NoSuchEventError";
}

export function newFold<State extends Seen, Command, Event extends Based & { readonly type: string }, Effect>(
  aggregate: Aggregate<State, Command, Event, Effect>,
  actor: ActorId,
): Fold {
  const states: State[] = [aggregate.initial(keyOf(actor))];
  const events: Event[] = [];
  const stateAt = (seq: number): State => {
    const state = states[seq];
    if (state === undefined) throw new NoSuchEventError(`${actor} has no event ${seq}`);
    return state;
  };
  const eventAt = (seq: number): Event => {
    const event = events[seq - 1];
    if (event === undefined) throw new NoSuchEventError(`${actor} has no event ${seq}`);
    return event;
  };
  const last = (): State => stateAt(events.length);
  return {
    seq: () => events.length,
    digestAt: (seq) => stateAt(seq).digest,
    apply: ({ type, version, body }, atMs) => {
      const event = aggregate.upcastEvent(version, type, JSON.parse(JSON.stringify(body)));
      const next = aggregate.evolve(last(), event, { seq: events.length + 1, atMs });
      events.push(event);
      states.push(next);
      return event.before;
    },
    eventAt,
    viewAt: (seq, audience) => aggregate.view(stateAt(seq), audience, 0),
    audienceAt: (seq, principal) => aggregate.audienceOf(stateAt(seq), principal),
    projectionAt: (seq, audience) => aggregate.project(eventAt(seq), audience),
    waiting: () => aggregate.pendingEffects(last()).length,
    listing: () => aggregate.listing(last()),
  };
}
