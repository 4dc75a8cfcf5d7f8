/** A command on its way to an actor, and the answer on its way back. */
import type { ActorId } from "../domain/address.ts";
import type { Origin } from "../domain/decision.ts";
import type { Json } from "../domain/json.ts";

export interface Envelope {
  readonly to: ActorId;
  /** Chosen by the sender; the same id again is answered with the first result. Clients use no colon. */
  readonly commandId: string;
  readonly origin: Origin;
  readonly command: unknown;
}

/** Why the runtime itself, rather than a decider, turned a command away. */
export type RuntimeRefusal =
  | "mailbox_full"
  | "draining"
  | "held_elsewhere"
  | "restarting"
  | "append_failed"
  | "poisoned"
  | "unknown_kind";

export type Reply =
  | {
    readonly kind: "done";
    readonly epoch: number;
    /** Number of the last event once this command was done. */
    readonly seq: number;
    readonly body: Json;
    /** True when this command id had been done before and this is its stored answer. */
    readonly repeated: boolean;
  }
  | { readonly kind: "rejected"; readonly code: string; readonly message: string; readonly detail: Json }
  /** Not decided: the same command id may be sent again after `retryAfterMs`. */
  | {
    readonly kind: "refused";
    readonly code: RuntimeRefusal;
    readonly message: string;
    readonly retryAfterMs: number;
  };

/** A resume point: the last event a watcher has seen, and under which ownership. */
export interface ResumePoint {
  readonly epoch: number;
  readonly seq: number;
}

/** One thing told to every watcher of one audience; the same object for all of them, so it is encoded once. */
export interface Broadcast {
  readonly actor: ActorId;
  readonly epoch: number;
  /** The event's number; of an ephemeral, the number of the last event before it. */
  readonly seq: number;
  readonly atMs: number;
  readonly class: "event" | "ephemeral";
  /** Of an ephemeral: a later one under the same key may take its place. Null where none may. */
  readonly key: string | null;
  readonly type: string;
  readonly data: Json;
}

/** Why a watcher is lost that may have another audience now, or none: it is given the view when it joins again. */
export const REGROUPED = "regrouped";

/** The far end of a subscription. Called in order, never concurrently; must not block or throw. */
export interface Watcher {
  deliver(broadcast: Broadcast): void;
  /** The actor moved or dropped its watchers; join again with the last seq seen. */
  lost(reason: string): void;
  /** The actor has been read anew from its journal and goes on under `epoch`: what it had only noted is forgotten. */
  recovered?(epoch: number): void;
}

export type WatchOutcome =
  /** `missed` holds what came after the resume point, in order; live broadcasts follow through the watcher. */
  | { readonly kind: "resumed"; readonly epoch: number; readonly seq: number; readonly missed: readonly Broadcast[] }
  /** No usable resume point: the present state instead. */
  | { readonly kind: "reset"; readonly epoch: number; readonly seq: number; readonly state: Json }
  | { readonly kind: "forbidden" }
  | Extract<Reply, { kind: "refused" }>;

export type ReadOutcome =
  | { readonly kind: "read"; readonly epoch: number; readonly seq: number; readonly state: Json }
  | { readonly kind: "forbidden" }
  | Extract<Reply, { kind: "refused" }>;
