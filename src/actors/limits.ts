/** Every bound of the runtime, by name, with its unit and its default. */

/** Bounds of one kind of actor. */
export interface KindLimits {
  /** An actor that nothing was asked of for this long, and nobody watches, is retired. */
  readonly idleMs: number;
  /** Events between two snapshots of a busy actor. */
  readonly snapshotEveryEvents: number;
  /** Command ids remembered, oldest forgotten first; noted commands are as many again. */
  readonly recentCommandsMax: number;
  /** Commands waiting for their turn. */
  readonly mailboxMax: number;
  /** Turns decided ahead of their commit. */
  readonly pipelineTurnsMax: number;
  /** Events kept in memory for watchers that come back. */
  readonly replayRingMax: number;
  /** An effect without a result after this long has failed. */
  readonly effectTimeoutMs: number;
  /** Effects running at a time; up to `EFFECTS_WAITING_PER_RUNNING` times as many wait. */
  readonly effectsInFlightMax: number;
}

export const DEFAULT_KIND_LIMITS: KindLimits = {
  idleMs: 120_000,
  snapshotEveryEvents: 200,
  recentCommandsMax: 256,
  mailboxMax: 256,
  pipelineTurnsMax: 32,
  replayRingMax: 128,
  effectTimeoutMs: 10_000,
  effectsInFlightMax: 8,
};

/**
 * Actors whose last message a receiver remembers, the longest silent forgotten first. A message comes again only while
 * it is not settled, so a sender may be forgotten once so many others have been heard after it.
 */
export const RECENT_SENDERS_MAX = 4_096;

/** What a drain gives the end of the lease when the actors have taken all its time: others need not wait for it then. */
export const LEASE_END_MS_MIN = 500;

/** Waiting effects for each that may run; one more fails at once, as an overload. */
export const EFFECTS_WAITING_PER_RUNNING = 8;

/** Bounds of one node. */
export interface RuntimeLimits {
  /** Actors in memory at a time. */
  readonly activationsMax: number;
  /** Estimated bytes of all actors in memory; beyond it the longest idle are retired. */
  readonly memoryBytesMax: number;
  readonly idleSweepMs: number;
  /** Actors being read from the store at a time, and those waiting to be. */
  readonly recoveriesMax: number;
  readonly recoveriesWaitingMax: number;
  /** A store call without an answer after this long counts as failed, its outcome unknown. */
  readonly storeCallMsMax: number;
  /** Journal events read in one call. */
  readonly journalPageEvents: number;
  /** Events a watcher may have missed and still be resumed rather than reset. */
  readonly resumeEventsMax: number;
  readonly watchersPerActorMax: number;
  /** Reads and watches waiting for one actor to be ready. */
  readonly readersWaitingMax: number;
  /** One append: at most so many turns and, estimated, so many bytes. */
  readonly commitBatchTurnsMax: number;
  readonly commitBatchBytesMax: number;
  /** Turns waiting for the next append; beyond it no actor takes a turn and mailboxes fill. */
  readonly commitQueueTurnsMax: number;
  readonly commitQueueBytesMax: number;
  readonly snapshotBatchMax: number;
  readonly leaseMs: number;
  /** Timers due within this window are kept in memory; it is read again every third of it. */
  readonly timerWindowMs: number;
  readonly timersInMemoryMax: number;
  readonly messagesInMemoryMax: number;
  /** The store is asked for unsent messages this often, and for so many at a time at first. */
  readonly outboxScanMs: number;
  readonly outboxPageMessages: number;
  /** Timers, and messages, being delivered at a time. */
  readonly deliveriesInFlightMax: number;
  /** First and longest pause after a failure; each further one doubles it. */
  readonly backoffMsMin: number;
  readonly backoffMsMax: number;
  /** A message that makes its actor fail this often is set aside. */
  readonly deliveryTriesMax: number;
  /** Tries to store a message that was set aside. */
  readonly deadLetterTriesMax: number;
  /** Failures kept for operators to look at, and ids of messages set aside. */
  readonly failuresKeptMax: number;
}

export const DEFAULT_RUNTIME_LIMITS: RuntimeLimits = {
  activationsMax: 100_000,
  memoryBytesMax: 1_073_741_824,
  idleSweepMs: 5_000,
  recoveriesMax: 32,
  recoveriesWaitingMax: 20_000,
  storeCallMsMax: 10_000,
  journalPageEvents: 500,
  resumeEventsMax: 2_000,
  watchersPerActorMax: 5_000,
  readersWaitingMax: 5_000,
  commitBatchTurnsMax: 1_000,
  commitBatchBytesMax: 4_194_304,
  commitQueueTurnsMax: 20_000,
  commitQueueBytesMax: 67_108_864,
  snapshotBatchMax: 64,
  leaseMs: 10_000,
  timerWindowMs: 15_000,
  timersInMemoryMax: 10_000,
  messagesInMemoryMax: 50_000,
  outboxScanMs: 5_000,
  outboxPageMessages: 1_000,
  deliveriesInFlightMax: 1_000,
  backoffMsMin: 50,
  backoffMsMax: 10_000,
  deliveryTriesMax: 3,
  deadLetterTriesMax: 5,
  failuresKeptMax: 500,
};

/** Pause before try number `failures + 1`: doubles from `backoffMsMin`, ends at `backoffMsMax`. Milliseconds. */
export function backoffMs(failures: number, limits: RuntimeLimits): number {
  const doublings = Math.min(Math.max(failures - 1, 0), 30);
  return Math.min(limits.backoffMsMin * 2 ** doublings, limits.backoffMsMax);
}
