/** The life of an activation as one total table; docs/LIFECYCLE.md shows the same table. */

export type Phase =
  /** In memory, nothing read; recovers when it is wanted. */
  | "asleep"
  /** Claiming the actor, then reading snapshot and tail. */
  | "recovering"
  /** Taking turns. */
  | "active"
  /** A turn failed: no new ones; those decided before it are still committing. */
  | "settling"
  /** Back-off after a failed turn, or one failed append after the other; the mailbox keeps what it has and takes more. */
  | "resting"
  /** Back-off after a failed recovery; commands are refused until it is over. */
  | "stalled"
  /** Saving the last snapshot before leaving memory. */
  | "retiring"
  /** Gone; the next message makes a new activation. */
  | "stopped";

export type Signal =
  /** A command, a read or a watch has come. */
  | "wanted"
  | "recovered"
  /** The store could not be read, or what it holds could not be understood. */
  | "recovery_failed"
  /** Another node with a live lease has the actor. */
  | "held"
  /** The decider, or a rule it rests on, threw. */
  | "turn_failed"
  /** An append was fenced or nobody knows its outcome, or the node's lease was lost. */
  | "ownership_doubted"
  /** The same of an append, when the one before it ended like that too. */
  | "doubted_again"
  /** No decided turn waits for its commit any more. */
  | "settled"
  /** The back-off is over. */
  | "rested"
  /** Idle for long, over the memory budget, or draining. */
  | "retire"
  /** The last snapshot is saved, or could not be. */
  | "retired"
  /** Leave at once, snapshot or not. */
  | "stop";

export const PHASES: Readonly<Record<Phase, Readonly<Record<Signal, Phase | "ignore">>>> = {
  asleep: {
    wanted: "recovering",
    recovered: "ignore",
    recovery_failed: "ignore",
    held: "ignore",
    turn_failed: "ignore",
    ownership_doubted: "ignore",
    doubted_again: "ignore",
    settled: "ignore",
    rested: "ignore",
    retire: "stopped",
    retired: "ignore",
    stop: "stopped",
  },
  recovering: {
    wanted: "ignore",
    recovered: "active",
    recovery_failed: "stalled",
    held: "stopped",
    turn_failed: "ignore",
    ownership_doubted: "ignore",
    doubted_again: "ignore",
    settled: "ignore",
    rested: "ignore",
    retire: "ignore",
    retired: "ignore",
    stop: "stopped",
  },
  active: {
    wanted: "ignore",
    recovered: "ignore",
    recovery_failed: "ignore",
    held: "ignore",
    turn_failed: "settling",
    ownership_doubted: "recovering",
    doubted_again: "resting",
    settled: "ignore",
    rested: "ignore",
    retire: "retiring",
    retired: "ignore",
    stop: "stopped",
  },
  settling: {
    wanted: "ignore",
    recovered: "ignore",
    recovery_failed: "ignore",
    held: "ignore",
    turn_failed: "ignore",
    ownership_doubted: "resting",
    doubted_again: "resting",
    settled: "resting",
    rested: "ignore",
    retire: "ignore",
    retired: "ignore",
    stop: "stopped",
  },
  resting: {
    wanted: "ignore",
    recovered: "ignore",
    recovery_failed: "ignore",
    held: "ignore",
    turn_failed: "ignore",
    ownership_doubted: "ignore",
    doubted_again: "ignore",
    settled: "ignore",
    rested: "recovering",
    retire: "retiring",
    retired: "ignore",
    stop: "stopped",
  },
  stalled: {
    wanted: "ignore",
    recovered: "ignore",
    recovery_failed: "ignore",
    held: "ignore",
    turn_failed: "ignore",
    ownership_doubted: "ignore",
    doubted_again: "ignore",
    settled: "ignore",
    rested: "asleep",
    retire: "stopped",
    retired: "ignore",
    stop: "stopped",
  },
  retiring: {
    wanted: "active",
    recovered: "ignore",
    recovery_failed: "ignore",
    held: "ignore",
    turn_failed: "ignore",
    ownership_doubted: "stopped",
    doubted_again: "stopped",
    settled: "ignore",
    rested: "ignore",
    retire: "ignore",
    retired: "stopped",
    stop: "stopped",
  },
  stopped: {
    wanted: "ignore",
    recovered: "ignore",
    recovery_failed: "ignore",
    held: "ignore",
    turn_failed: "ignore",
    ownership_doubted: "ignore",
    doubted_again: "ignore",
    settled: "ignore",
    rested: "ignore",
    retire: "ignore",
    retired: "ignore",
    stop: "ignore",
  },
};
