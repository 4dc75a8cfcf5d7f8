/** One turn: a command decided on the state so far, and everything that follows once it has committed. */
import type { ActorId } from "../domain/address.ts";
import type { Aggregate, Listing } from "../domain/aggregate.ts";
import { assertNever } from "../domain/assert_never.ts";
import type { Consequences, Decision, Ephemeral, Message, TimerChange } from "../domain/decision.ts";
import type { CommitOwner, CommitTicket } from "./commit_group.ts";
import type { Delivery } from "./delivery.ts";
import type { Reply } from "./envelope.ts";
import { jsonEqual } from "./json_equal.ts";
import type { NewTimer, TurnRecord } from "./ports.ts";

/** A decider sent a message without an event; messages are numbered by their event, so it could not be told apart. */
export class MessageWithoutEventError extends Error {
  override readonly name = "MessageWithoutEventError";
}

/** The state a turn is decided on: committed or running ahead of its commit. */
export interface Basis<S> {
  readonly state: S;
  /** Number of the last event in `state`. */
  readonly seq: number;
  readonly listing: Listing | null;
}

/** Where and when a turn happens. */
export interface TurnPlace {
  readonly actor: ActorId;
  readonly epoch: number;
  readonly nowMs: number;
  readonly seed: number;
}

/** Which memory keeps the answer: that of committed commands, that of noted ones, or none (a rejection). */
export type Remembered = "done" | "noted" | "no";

/** A decided turn in its actor's pipeline, from decision to commit. */
export interface Turn<S, C, E, X> extends CommitTicket {
  readonly delivery: Delivery<C, X>;
  /** Copies of the same command that came while this turn was under way; they get the same answer. */
  readonly followers: Delivery<C, X>[];
  readonly atMs: number;
  /** Null when nothing has to be stored; the turn then completes with the one before it. */
  readonly record: TurnRecord | null;
  readonly events: readonly E[];
  readonly after: Basis<S>;
  readonly effects: readonly X[];
  readonly ephemerals: readonly Ephemeral[];
  readonly reply: Reply;
  readonly remembered: Remembered;
}

interface Timers {
  readonly set: readonly NewTimer[];
  readonly cleared: readonly string[];
}

const NOTHING: readonly never[] = [];
const NO_TIMERS: Timers = { set: NOTHING, cleared: NOTHING };

/**
 * The change of each name that counts is the last one; a timer that fired is cleared unless it was set again. Set
 * again for the very instant it fired for, it is moved by a millisecond: the two firings are two commands.
 */
function timersOf<C, X>(changes: readonly TimerChange[], delivery: Delivery<C, X>): Timers {
  const { origin } = delivery;
  if (changes.length === 0 && origin.kind !== "timer") return NO_TIMERS;
  const last = new Map<string, TimerChange>();
  if (origin.kind === "timer") last.set(origin.name, { kind: "clear", name: origin.name });
  for (const change of changes) last.set(change.name, change);
  const set: NewTimer[] = [];
  const cleared: string[] = [];
  for (const change of last.values()) {
    const { name } = change;
    if (change.kind === "clear") cleared.push(name);
    else {
      const again = origin.kind === "timer" && origin.name === name && origin.dueMs === change.dueMs;
      set.push({ name, dueMs: again ? change.dueMs + 1 : change.dueMs, command: change.command });
    }
  }
  return { set, cleared };
}

/** What one turn stores, or null when that is nothing. */
function recordOf(
  place: TurnPlace,
  stored: Pick<TurnRecord, "firstSeq" | "events" | "commandId" | "reply" | "messages" | "listing">,
  timers: Timers,
): TurnRecord | null {
  const { events, messages, listing } = stored;
  if (events.length === 0 && messages.length > 0) {
    throw new MessageWithoutEventError(`${place.actor}: "${stored.commandId}" sends without an event`);
  }
  const nothing = events.length === 0 && timers.set.length === 0 && timers.cleared.length === 0 && listing === null;
  if (nothing) return null;
  return {
    actor: place.actor,
    epoch: place.epoch,
    firstSeq: stored.firstSeq,
    atMs: place.nowMs,
    events,
    commandId: stored.commandId,
    reply: stored.reply,
    messages,
    timersSet: timers.set,
    timersCleared: timers.cleared,
    listing,
  };
}

type Accepted<S, E, X> = Extract<Decision<S, E, X>, { kind: "accepted" }>;

function acceptedTurn<S, C, E extends { readonly type: string }, X>(
  aggregate: Aggregate<S, C, E, X>,
  basis: Basis<S>,
  delivery: Delivery<C, X>,
  place: TurnPlace,
  owner: CommitOwner,
  decision: Accepted<S, E, X>,
): Turn<S, C, E, X> {
  const { events, reply, effects, ephemerals } = decision;
  const messages: readonly Message[] = decision.messages;
  let { state, seq } = basis;
  for (const event of events) state = aggregate.evolve(state, event, { seq: ++seq, atMs: place.nowMs });
  const listing = events.length === 0 ? basis.listing : aggregate.listing(state);
  const stored = {
    firstSeq: basis.seq + 1,
    events: events.map((event) => ({ type: event.type, version: aggregate.schemaVersion, body: event })),
    commandId: delivery.commandId,
    reply,
    messages,
    listing: jsonEqual(listing, basis.listing) ? null : listing,
  };
  return {
    owner,
    status: "waiting",
    delivery,
    followers: [],
    atMs: place.nowMs,
    record: recordOf(place, stored, timersOf(decision.timers, delivery)),
    events,
    after: { state, seq, listing },
    effects,
    ephemerals,
    reply: { kind: "done", epoch: place.epoch, seq, body: reply, repeated: false },
    remembered: "done",
  };
}

/** A turn without an event or an effect; it still stores what it does to timers, and that its own has fired. */
export function quietTurn<S, C, E, X>(
  after: Basis<S>,
  delivery: Delivery<C, X>,
  place: TurnPlace,
  owner: CommitOwner,
  outcome: Pick<Turn<S, C, E, X>, "reply" | "remembered" | "ephemerals"> & Pick<Consequences<X>, "timers">,
): Turn<S, C, E, X> {
  const stored = {
    firstSeq: after.seq + 1,
    events: NOTHING,
    commandId: delivery.commandId,
    reply: null,
    messages: NOTHING,
    listing: null,
  };
  return {
    owner,
    status: "waiting",
    delivery,
    followers: [],
    atMs: place.nowMs,
    record: recordOf(place, stored, timersOf(outcome.timers, delivery)),
    events: NOTHING,
    after,
    effects: NOTHING,
    ephemerals: outcome.ephemerals,
    reply: outcome.reply,
    remembered: outcome.remembered,
  };
}

/** Decides one command on `basis`. Throws what the aggregate's rules throw; nothing has changed then. */
export function decideTurn<S, C, E extends { readonly type: string }, X>(
  aggregate: Aggregate<S, C, E, X>,
  basis: Basis<S>,
  delivery: Delivery<C, X>,
  place: TurnPlace,
  owner: CommitOwner,
): Turn<S, C, E, X> {
  const decision = aggregate.decide(basis.state, delivery.command, {
    actor: place.actor,
    seq: basis.seq,
    nowMs: place.nowMs,
    seed: place.seed,
    commandId: delivery.commandId,
    origin: delivery.origin,
  });
  switch (decision.kind) {
    case "accepted":
      return acceptedTurn(aggregate, basis, delivery, place, owner, decision);
    case "noted": {
      const { state, reply: body, timers, ephemerals } = decision;
      const reply: Reply = { kind: "done", epoch: place.epoch, seq: basis.seq, body, repeated: false };
      const outcome = { reply, remembered: "noted" as const, timers, ephemerals };
      return quietTurn({ ...basis, state }, delivery, place, owner, outcome);
    }
    case "rejected": {
      const outcome = { reply: decision, remembered: "no" as const, timers: NOTHING, ephemerals: NOTHING };
      return quietTurn(basis, delivery, place, owner, outcome);
    }
    default:
      return assertNever(decision);
  }
}
