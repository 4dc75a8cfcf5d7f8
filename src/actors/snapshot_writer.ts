/** Saves snapshots beside the turns: batched over all actors, one save under way at a time. */
import type { ActorId } from "../domain/address.ts";
import { withDeadline } from "./deadline.ts";
import { backoffMs, type RuntimeLimits } from "./limits.ts";
import { METER } from "./meter_names.ts";
import type { Clock, Meter, Snapshots, StoredSnapshot } from "./ports.ts";

interface Waiting {
  readonly snapshot: StoredSnapshot;
  /** Those who leave once this is saved. */
  readonly ended: (() => void)[];
  failures: number;
}

export class SnapshotWriter {
  readonly #snapshots: Snapshots;
  readonly #clock: Clock;
  readonly #meter: Meter;
  readonly #limits: RuntimeLimits;
  /** At most one an actor, so bounded by the number of activations. */
  readonly #waiting = new Map<ActorId, Waiting>();
  #running: Promise<void> | null = null;

  constructor(parts: { snapshots: Snapshots; clock: Clock; meter: Meter; limits: RuntimeLimits }) {
    this.#snapshots = parts.snapshots;
    this.#clock = parts.clock;
    this.#meter = parts.meter;
    this.#limits = parts.limits;
  }

  /**
   * Saves soon; a newer snapshot of the same actor takes the place of one still waiting. `ended`, for an actor's last
   * snapshot, is called when it is saved or, after `deliveryTriesMax` tries, will not be: the journal has everything,
   * so a lost snapshot costs time at the next recovery and nothing else.
   */
  save(snapshot: StoredSnapshot, ended: (() => void) | null): void {
    const waiting = this.#waiting.get(snapshot.actor)?.ended ?? [];
    this.#waiting.set(snapshot.actor, {
      snapshot,
      ended: ended === null ? waiting : [...waiting, ended],
      failures: 0,
    });
    this.#running ??= this.#run();
  }

  /** Resolves once nothing waits to be saved. */
  async settled(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #run(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.size > 0) {
      const batch = this.#takeBatch();
      try {
        const call = this.#snapshots.save(batch.map((waiting) => waiting.snapshot));
        await withDeadline(call, this.#limits.storeCallMsMax, this.#clock);
        for (const { ended } of batch) for (const end of ended) end();
      } catch {
        this.#meter.count(METER.storeRetries);
        await this.#retryLast(batch);
      }
    }
    this.#running = null;
  }

  /** Only last snapshots are worth another try: a running actor soon saves a newer one. */
  async #retryLast(batch: readonly Waiting[]): Promise<void> {
    const again: Waiting[] = [];
    for (const waiting of batch) {
      waiting.failures++;
      if (waiting.ended.length === 0) continue;
      if (waiting.failures < this.#limits.deliveryTriesMax) again.push(waiting);
      else for (const end of waiting.ended) end();
    }
    const [first] = again;
    if (first === undefined) return;
    const pauseMs = backoffMs(first.failures, this.#limits);
    await new Promise<void>((resume) => void this.#clock.after(pauseMs, resume));
    for (const waiting of again) {
      const newer = this.#waiting.get(waiting.snapshot.actor);
      if (newer === undefined) this.#waiting.set(waiting.snapshot.actor, waiting);
      else newer.ended.push(...waiting.ended);
    }
  }

  #takeBatch(): Waiting[] {
    const batch: Waiting[] = [];
    for (const [actor, waiting] of this.#waiting) {
      if (batch.length >= this.#limits.snapshotBatchMax) break;
      batch.push(waiting);
      this.#waiting.delete(actor);
    }
    return batch;
  }
}
