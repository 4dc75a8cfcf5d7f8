/** What a decider is told and what it may answer; the vocabulary every aggregate shares. */
import type { ActorId, Address } from "./address.ts";
import type { AskedItem } from "./curriculum/asked_item.ts";
import type { Json } from "./json.ts";
import type { Principal } from "./principal.ts";

/** The connection that brings a person's command, as the edge knows it: never the client's word. */
export interface ClientConnection {
  readonly id: string;
  /** Since when it has been heard without a gap, in milliseconds since the Unix epoch. */
  readonly heardSinceMs: number;
}

/** Where a command came from. */
export type Origin =
  | {
    readonly kind: "client";
    readonly principal: Principal;
    /** None where the server itself speaks, or REST for a person. */
    readonly connection?: ClientConnection;
    /** What lessons ask them when they send this, where the edge has looked. */
    readonly asked?: readonly AskedItem[];
  }
  | { readonly kind: "actor"; readonly sender: ActorId; readonly seq: number }
  | { readonly kind: "timer"; readonly name: string; readonly dueMs: number }
  /** The result of an effect; `basisSeq` is the event number its inputs were read at. */
  | { readonly kind: "effect"; readonly basisSeq: number };

/** What lessons ask whoever sent this; nothing where the edge has not looked. */
export function askedOfSender(origin: Origin): readonly AskedItem[] {
  return origin.kind === "client" ? origin.asked ?? [] : [];
}

/** Time, chance and identity of one turn: everything impure a decider may look at. */
export interface TurnContext {
  readonly actor: ActorId;
  /** The number of the last event that `state` has seen; the first event of this turn will be `seq + 1`. */
  readonly seq: number;
  /** Milliseconds since the Unix epoch, by the server's clock. */
  readonly nowMs: number;
  /** A fresh unsigned 32-bit number; a decider that uses it records what it drew in its event. */
  readonly seed: number;
  readonly commandId: string;
  readonly origin: Origin;
}

/** A message to another actor, stored with the sender's events and delivered at least once, applied exactly once. */
export interface Message {
  readonly to: ActorId;
  readonly command: unknown;
}

/** A durable timer of this actor; setting a name again moves it. When due, `command` arrives from `{kind: "timer"}`. */
export type TimerChange =
  | { readonly kind: "set"; readonly name: string; readonly dueMs: number; readonly command: unknown }
  | { readonly kind: "clear"; readonly name: string };

/** Told to those who watch now and never stored, such as a recognised emotion or a cursor. */
export interface Ephemeral {
  readonly type: string;
  readonly data: Json;
  /** Only these audiences receive it; see `Aggregate.audienceOf`. */
  readonly audiences: readonly string[];
  /**
   * While a socket is behind, a later one under the same key takes its place; without a key, its type is the key.
   * Name one where one type tells of many things, such as each person's cursor.
   */
  readonly key?: string;
}

/** Everything that follows once the events of an accepted command have committed. */
export interface Consequences<Effect> {
  /** The answer to the sender; stored, so that a repeated command id gets the same one. */
  readonly reply: Json;
  readonly effects: readonly Effect[];
  readonly messages: readonly Message[];
  readonly timers: readonly TimerChange[];
  readonly ephemerals: readonly Ephemeral[];
}

/** State changes without an event: a bounded window that may be lost with the process, which its timers outlive. */
export interface Noted<State> extends Pick<Consequences<never>, "reply" | "timers" | "ephemerals"> {
  readonly kind: "noted";
  readonly state: State;
}

export type Decision<State, Event, Effect> =
  | ({ readonly kind: "accepted"; readonly events: readonly Event[] } & Consequences<Effect>)
  | Noted<State>
  | Rejection;

/** An expected refusal; nothing changes. `detail` tells the sender what would have been right. */
export interface Rejection {
  readonly kind: "rejected";
  readonly code: string;
  readonly message: string;
  readonly detail: Json;
}

/** Accepts with `events`; what is not named in `consequences` is empty, the reply null. */
export function accept<Event, Effect>(
  events: readonly Event[],
  consequences: Partial<Consequences<Effect>> = {},
): { readonly kind: "accepted"; readonly events: readonly Event[] } & Consequences<Effect> {
  return {
    kind: "accepted",
    events,
    reply: null,
    effects: [],
    messages: [],
    timers: [],
    ephemerals: [],
    ...consequences,
  };
}

/** Changes the state without an event; what is not named in `consequences` is empty, the reply null. */
export function note<State>(
  state: State,
  consequences: Partial<Omit<Noted<State>, "kind" | "state">> = {},
): Noted<State> {
  return { kind: "noted", state, reply: null, timers: [], ephemerals: [], ...consequences };
}

/** Refuses with a stable snake_case `code` and a sentence that says what to do instead. */
export function reject(code: string, message: string, detail: Json = null): Rejection {
  return { kind: "rejected", code, message, detail };
}

/** A message for the outbox, checked against what its receiver understands. */
export function tell<Command>(to: Address<Command>, command: Command): Message {
  return { to, command };
}
