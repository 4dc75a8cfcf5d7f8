/** What the runtime needs from the outside world; adapters elsewhere implement these, as types only. */
import type { ActorId, Address } from "../domain/address.ts";
import type { Listing } from "../domain/aggregate.ts";
import type { Json } from "../domain/json.ts";

/** Time and chance, so that a simulation can own both. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  nowMs(): number;
  /** Runs `action` once after `ms`; the returned function cancels it. */
  after(ms: number, action: () => void): () => void;
}

export interface Chance {
  /** A uniform unsigned 32-bit number. */
  next(): number;
}

export interface NewEvent {
  readonly type: string;
  readonly version: number;
  readonly body: unknown;
}

export interface StoredEvent extends NewEvent {
  readonly seq: number;
  readonly epoch: number;
  readonly atMs: number;
  /** Set on the last event of a turn: the command that caused it and its answer. */
  readonly commandId: string | null;
  readonly reply: Json;
}

export interface NewMessage {
  readonly to: ActorId;
  readonly command: unknown;
}

export interface NewTimer {
  readonly name: string;
  readonly dueMs: number;
  readonly command: unknown;
}

/** Everything one turn stores, all or nothing. A turn may hold no event (a timer that fired in vain). */
export interface TurnRecord {
  readonly actor: ActorId;
  readonly epoch: number;
  /** Number of the first event; the journal refuses a gap or a repeat. */
  readonly firstSeq: number;
  readonly atMs: number;
  readonly events: readonly NewEvent[];
  readonly commandId: string;
  readonly reply: Json;
  /** Stored in the outbox under the number of the turn's last event; a turn that sends has at least one event. */
  readonly messages: readonly NewMessage[];
  readonly timersSet: readonly NewTimer[];
  readonly timersCleared: readonly string[];
  /** The listing when this turn changed it. */
  readonly listing: Listing | null;
}

/** `fenced`: another owner has taken the actor since; nothing of that record was stored. */
export type AppendOutcome = "committed" | "fenced";

export interface Journal {
  /**
   * Stores a batch of turns in one transaction. Records of one actor come in order; an actor whose epoch is no
   * longer current has all its records fenced, the others commit. A rejected promise means nobody knows what
   * committed: the caller claims again (a higher epoch shuts the old write out) and reloads.
   */
  append(records: readonly TurnRecord[]): Promise<readonly AppendOutcome[]>;
  /** Events with `seq > afterSeq`, in order, at most `limit`. */
  read(actor: ActorId, afterSeq: number, limit: number): Promise<readonly StoredEvent[]>;
}

export interface StoredSnapshot {
  readonly actor: ActorId;
  readonly seq: number;
  readonly epoch: number;
  readonly version: number;
  readonly body: unknown;
}

export interface Snapshots {
  load(actor: ActorId): Promise<StoredSnapshot | null>;
  /** Keeps the one with the highest seq; an older one is silently superseded. */
  save(snapshots: readonly StoredSnapshot[]): Promise<void>;
}

export type ClaimOutcome =
  | { readonly kind: "claimed"; readonly epoch: number }
  | { readonly kind: "held"; readonly node: string; readonly retryAfterMs: number };

export interface Ownership {
  /** Makes `node` the owner under a new, higher epoch, unless another node with a live lease holds the actor. */
  claim(actor: ActorId, node: string): Promise<ClaimOutcome>;
  /** Gives the actor up if `epoch` is still current. */
  release(actor: ActorId, epoch: number): Promise<void>;
  /** Renews the node's lease by the database's clock; false when it had expired and was renewed late. */
  renewLease(node: string, leaseMs: number): Promise<boolean>;
  /** Ends the node's lease, so that others may take its actors at once. */
  endLease(node: string): Promise<void>;
}

export interface StoredTimer extends NewTimer {
  readonly actor: ActorId;
}

export interface Timers {
  /** Timers due up to `untilMs` whose actors this node owns or nobody does, soonest first. */
  due(node: string, untilMs: number, limit: number): Promise<readonly StoredTimer[]>;
}

export interface StoredMessage extends NewMessage {
  readonly id: string;
  readonly sender: ActorId;
  /** Number of the sender's event it is part of, and its place among that event's messages. */
  readonly seq: number;
  readonly index: number;
}

export interface Outbox {
  /** Undelivered messages of senders that this node owns or nobody does, oldest first per sender. */
  pending(node: string, limit: number): Promise<readonly StoredMessage[]>;
  /** Forgets delivered messages, named by sender, seq and index. */
  settle(messages: readonly Pick<StoredMessage, "sender" | "seq" | "index">[]): Promise<void>;
}

/** A message set aside because its actor failed on it again and again. */
export interface DeadLetter {
  readonly actor: ActorId;
  readonly commandId: string;
  readonly command: unknown;
  readonly reason: string;
  readonly atMs: number;
}

export interface DeadLetters {
  keep(letter: DeadLetter): Promise<void>;
  list(limit: number): Promise<readonly DeadLetter[]>;
}

/** The whole store as the runtime sees it. */
export interface Store {
  readonly journal: Journal;
  readonly snapshots: Snapshots;
  readonly ownership: Ownership;
  readonly timers: Timers;
  readonly outbox: Outbox;
  readonly deadLetters: DeadLetters;
}

/** Counts and timings the runtime reports; the edge turns them into metrics. */
export interface Meter {
  count(name: string, by?: number): void;
  observe(name: string, value: number): void;
}

/**
 * Tells an actor what an effect of it has come to so far; `basisSeq` is the event number its inputs were read at.
 * Resolves to whether the actor took it. Never rejects.
 */
export type TellFromEffect = <Command>(
  to: Address<Command>,
  command: Command,
  basisSeq: number,
) => Promise<"taken" | "refused">;

/** Runs one kind's effects. A rejection or a late answer becomes the aggregate's `effectFailed` command. */
export type EffectRunner<Effect, Command> = (effect: Effect, actor: ActorId, signal: AbortSignal) => Promise<Command>;
