/** Saves snapshots beside the turns: batched over all actors, one save under way at a time. */
import type { ActorId } from "../domain/address.ts";
import { withDeadline } from "./deadline.ts";
import type { RuntimeLimits } from "./limits.ts";
import { METER } from "./meter_names.ts";
import type { Clock, Meter, Snapshots, StoredSnapshot } from "./ports.ts";

interface Waiting {
  readonly snapshot: StoredSnapshot;
  readonly saved: (() => void)[];
}

export class SnapshotWriter {
  readonly #snapshots: Snapshots;
  readonly #clock: Clock;
  readonly #meter: Meter;
  readonly #limits: RuntimeLimits;
  /** At most one an actor, so bounded by the number of activations. */
  readonly #waiting = new Map<ActorId, Waiting>();
  #running = false;

  constructor(parts: { snapshots: Snapshots; clock: Clock; meter: Meter; limits: RuntimeLimits }) {
    this.#snapshots = parts.snapshots;
    this.#clock = parts.clock;
    this.#meter = parts.meter;
    this.#limits = parts.limits;
  }

  /**
   * Saves soon; a newer snapshot of the same actor takes the place of one still waiting. `ended` is called when the
   * save is over, done or failed: a lost snapshot costs time at the next recovery and nothing else.
   */
  save(snapshot: StoredSnapshot, ended: (() => void) | null): void {
    const earlier = this.#waiting.get(snapshot.actor);
    const saved = earlier?.saved ?? [];
    if (ended !== null) saved.push(ended);
    this.#waiting.set(snapshot.actor, { snapshot, saved });
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    await Promise.resolve();
    while (this.#waiting.size > 0) {
      const batch = this.#takeBatch();
      try {
        const call = this.#snapshots.save(batch.map((waiting) => waiting.snapshot));
        await withDeadline(call, this.#limits.storeCallMsMax, this.#clock);
      } catch {
        // The journal still has everything; the next snapshot of these actors makes up for it.
        this.#meter.count(METER.storeRetries);
      }
      for (const { saved } of batch) for (const ended of saved) ended();
    }
    this.#running = false;
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
