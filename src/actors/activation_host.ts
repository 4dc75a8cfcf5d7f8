/** What an actor in memory needs of its node, and what the node sees of it. */
import type { ActorId } from "../domain/address.ts";
import type { Principal } from "../domain/principal.ts";
import type { CommitGroup } from "./commit_group.ts";
import type { Incoming } from "./delivery.ts";
import type { ReadOutcome, ResumePoint, Watcher, WatchOutcome } from "./envelope.ts";
import type { Phase } from "./phase.ts";
import type { Chance, NewMessage, TurnRecord } from "./ports.ts";
import type { SnapshotWriter } from "./snapshot_writer.ts";
import type { Supervision } from "./supervision.ts";
import type { WatchingPlace } from "./watching.ts";

/** Who must hear what a turn did to timers. */
export interface TimerKeeper {
  /** The actor has been claimed: what is known of its timers may be out of date. */
  recovered(actor: ActorId): void;
  committed(record: TurnRecord): void;
  /** Whether this is still the timer's time, as far as committed turns say. */
  isCurrent(actor: ActorId, name: string, dueMs: number): boolean;
}

/** Who sends on what a turn sends. */
export interface MessageSender {
  /** The actor has been claimed: messages it sent before may be in the store only. */
  recovered(sender: ActorId): void;
  committed(sender: ActorId, seq: number, messages: readonly NewMessage[]): void;
}

export interface ActivationHost extends WatchingPlace {
  readonly chance: Chance;
  readonly commits: CommitGroup;
  readonly snapshots: SnapshotWriter;
  readonly supervision: Supervision;
  readonly timers: TimerKeeper;
  readonly outbox: MessageSender;
  /** False while the node does not know whether its actors are still its own. */
  isLeaseLive(nowMs: number): boolean;
  /** Runs a recovery when it is its turn; rejects when too many wait. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  closed(resident: Resident): void;
}

/** An actor in memory, whatever its kind. */
export interface Resident {
  readonly id: ActorId;
  readonly phase: Phase;
  readonly lastUsedMs: number;
  readonly idleMs: number;
  readonly mailboxSize: number;
  readonly watchers: number;
  /** Whether nothing is waiting, under way or watching. */
  readonly isIdle: boolean;
  /** Estimated bytes held. */
  estimateBytes(): number;
  receive(incoming: Incoming): void;
  watch(principal: Principal, resume: ResumePoint | null, watcher: Watcher): Promise<WatchOutcome>;
  unwatch(watcher: Watcher): void;
  read(principal: Principal): Promise<ReadOutcome>;
  /** Goes on with what was held up: the lease is live, or there is room for commits. */
  wake(): void;
  /** The node's lease had ended: claim again, or leave. */
  leaseLost(): void;
  /** Leaves memory if idle, snapshot first. */
  retire(): void;
  /** Finishes what is waiting, then leaves; what cannot be finished is refused. */
  drain(): void;
  /** Leaves at once; what is waiting is refused. */
  stop(reason: string): void;
}
