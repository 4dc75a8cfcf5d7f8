/** The shape of every actor's rules: pure, synchronous functions the runtime calls in turn. */
import type { Decision, TurnContext } from "./decision.ts";
import type { Json } from "./json.ts";
import type { Principal } from "./principal.ts";

/**
 * What decides how soon a full mailbox serves or refuses a command.
 * Order: control before graded before event before ephemeral; first come, first served within one.
 */
export type Priority = "control" | "graded" | "event" | "ephemeral";

/** Where an event happened: its number in the actor's journal and the server's time. */
export interface EventPlace {
  readonly seq: number;
  readonly atMs: number;
}

/** One row of the owner's list (`GET /sessions`), rewritten in the transaction of the event that changed it. */
export interface Listing {
  readonly ownerId: string;
  readonly status: string;
  readonly body: Json;
}

/** What watchers of one audience are told about an event: the wire event's name and data. */
export interface Projection {
  readonly type: string;
  readonly data: Json;
}

/**
 * Increments for audiences to whom each event would be too much, such as a teacher of 300 students. They are not
 * stored: who misses one is given the view anew.
 */
export interface Digest<State> {
  /** Least time between two digests. */
  readonly everyMs: number;
  /** Whether this audience is told digests; one of its watchers that comes back is given the view, whatever it missed. */
  readonly tells: (audience: string) => boolean;
  /** How long after the last look time alone may have brought something to tell; without it, only changes are told. */
  readonly againMs?: number;
  /**
   * What changed from `before`, which the audience was told at `beforeMs`, to `after` at `nowMs`, both milliseconds
   * since the Unix epoch by the server's clock; null when nothing it is told of did.
   */
  readonly of: (before: State, after: State, audience: string, nowMs: number, beforeMs: number) => Projection | null;
}

export interface Aggregate<State, Command, Event extends { readonly type: string }, Effect> {
  /** Kind part of the actor id, such as `session`. */
  readonly kind: string;
  /** Version of the state's shape in snapshots and of event bodies in the journal; raised with each change. */
  readonly schemaVersion: number;

  initial(key: string): State;
  decide(state: State, command: Command, context: TurnContext): Decision<State, Event, Effect>;
  evolve(state: State, event: Event, place: EventPlace): State;
  /** The state without what must never reach disk; a snapshot holds this. Without it, snapshots hold the state whole. */
  readonly durable?: (state: State) => State;

  /** Brings a stored snapshot or event of an older version up to date. Throws on a version it does not know. */
  upcastState(version: number, stored: unknown): State;
  upcastEvent(version: number, type: string, stored: unknown): Event;

  priorityOf(command: Command): Priority;
  /** Effects that the state still waits for; asked after recovery, since running effects die with the process. */
  pendingEffects(state: State): readonly Effect[];
  /** The command that tells the actor an effect has failed or come too late. */
  effectFailed(effect: Effect, reason: string): Command;

  /** The audience this person belongs to (`learner`, `staff`…), or null when they may not watch. */
  audienceOf(state: State, principal: Principal): string | null;
  /**
   * The present state as one audience may see it at `nowMs`, milliseconds since the Unix epoch by the server's clock:
   * sent on `joined` and `reset`, and read by REST.
   */
  view(state: State, audience: string, nowMs: number): Json;
  /** An event as one audience may see it, or null when it is not for them. */
  project(event: Event, audience: string): Projection | null;
  /**
   * Audiences whose watchers stand elsewhere after this event: each is asked for anew by `audienceOf` and given the
   * view, or shut out.
   */
  readonly regroups?: (event: Event) => readonly string[];
  /** Told, while somebody watches, of the way that the committed state has gone. */
  readonly digest?: Digest<State>;
  /** The actor's row in its owner's list, or null when it has none. Written when it differs from the last one. */
  listing(state: State): Listing | null;
}
