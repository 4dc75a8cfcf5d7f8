/** Group commit: while one append is under way the turns of all actors gather for the next. */
import type { ActorId } from "../domain/address.ts";
import { reasonOf, withDeadline } from "./deadline.ts";
import { estimateBytes } from "./json_size.ts";
import type { RuntimeLimits } from "./limits.ts";
import { METER } from "./meter_names.ts";
import type { AppendOutcome, Clock, Journal, Meter, TurnRecord } from "./ports.ts";

/** A decided turn waiting for its append. `cancelled`: its actor has given it up; nothing is reported any more. */
export interface CommitTicket {
  readonly owner: CommitOwner;
  status: "waiting" | "committed" | "cancelled";
}

/** The actor behind a ticket. */
export interface CommitOwner {
  /** One more of its turns is stored, as its ticket says. Called in the order of submission. */
  committed(): void;
  /** The turn was fenced or its outcome is unknown; the owner cancels all its tickets. */
  commitDoubted(reason: string): void;
  /** There is room again after `hasRoom` was false. */
  wake(): void;
}

/** The store answered an append with the wrong number of outcomes. */
export class AppendOutcomesError extends Error {
  override readonly name = "AppendOutcomesError";
}

interface Waiting {
  readonly record: TurnRecord;
  readonly bytes: number;
  readonly ticket: CommitTicket;
}

export class CommitGroup {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #meter: Meter;
  readonly #limits: RuntimeLimits;
  #queue: Waiting[] = [];
  #queueBytes = 0;
  #running = false;
  readonly #starved = new Set<CommitOwner>();
  /**
   * Actors whose last append failed. They are appended apart from the others, in batches half as large after each
   * failure, so that one turn the store cannot take soon fails alone.
   */
  readonly #suspects = new Set<ActorId>();
  #suspectBatchMax: number;

  constructor(parts: { journal: Journal; clock: Clock; meter: Meter; limits: RuntimeLimits }) {
    this.#journal = parts.journal;
    this.#clock = parts.clock;
    this.#meter = parts.meter;
    this.#limits = parts.limits;
    this.#suspectBatchMax = parts.limits.commitBatchTurnsMax;
  }

  /** Turns waiting for the next append. */
  get size(): number {
    return this.#queue.length;
  }

  /** Whether a turn may be decided now; when not, `owner` is told once there is room. */
  hasRoom(owner: CommitOwner): boolean {
    const room = this.#queue.length < this.#limits.commitQueueTurnsMax &&
      this.#queueBytes < this.#limits.commitQueueBytesMax;
    if (!room) this.#starved.add(owner);
    return room;
  }

  submit(record: TurnRecord, ticket: CommitTicket): void {
    const bytes = estimateBytes(record);
    this.#queue.push({ record, bytes, ticket });
    this.#queueBytes += bytes;
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    // One microtask late, so that commands which came together are appended together.
    await Promise.resolve();
    for (let batch = this.#takeBatch(); batch.length > 0; batch = this.#takeBatch()) {
      this.#wakeStarved();
      await this.#append(batch);
    }
    this.#running = false;
  }

  async #append(batch: readonly Waiting[]): Promise<void> {
    const startedMs = this.#clock.nowMs();
    try {
      const call = this.#journal.append(batch.map((waiting) => waiting.record));
      const outcomes = await withDeadline(call, this.#limits.storeCallMsMax, this.#clock);
      if (outcomes.length !== batch.length) {
        throw new AppendOutcomesError(`${outcomes.length} outcomes for ${batch.length} turns`);
      }
      this.#meter.count(METER.appends);
      this.#meter.observe(METER.appendTurns, batch.length);
      this.#meter.observe(METER.appendMs, this.#clock.nowMs() - startedMs);
      this.#clear(batch);
      batch.forEach(({ ticket }, i) => this.#report(ticket, outcomes[i] ?? "fenced"));
    } catch (thrown) {
      this.#meter.count(METER.appendFailures);
      this.#suspect(batch);
      const reason = reasonOf(thrown);
      for (const { ticket } of batch) if (ticket.status === "waiting") ticket.owner.commitDoubted(reason);
    }
  }

  #report(ticket: CommitTicket, outcome: AppendOutcome): void {
    if (ticket.status !== "waiting") return;
    if (outcome === "committed") {
      ticket.status = "committed";
      ticket.owner.committed();
    } else {
      this.#meter.count(METER.fenced);
      ticket.owner.commitDoubted("fenced");
    }
  }

  #suspect(batch: readonly Waiting[]): void {
    for (const { record } of batch) this.#suspects.add(record.actor);
    for (const oldest of this.#suspects) {
      if (this.#suspects.size <= this.#limits.commitQueueTurnsMax) break;
      this.#suspects.delete(oldest);
    }
    this.#suspectBatchMax = Math.max(1, Math.floor(batch.length / 2));
  }

  #clear(batch: readonly Waiting[]): void {
    const first = batch[0];
    if (this.#suspects.size === 0 || first === undefined || !this.#suspects.has(first.record.actor)) return;
    for (const { record } of batch) this.#suspects.delete(record.actor);
  }

  /** Takes what goes into the next append, in order, up to the limits; suspects and others never together. */
  #takeBatch(): Waiting[] {
    const queue = this.#queue.filter(({ ticket }) => ticket.status === "waiting");
    const head = queue[0];
    const suspected = head !== undefined && this.#suspects.has(head.record.actor);
    const turnsMax = suspected ? this.#suspectBatchMax : this.#limits.commitBatchTurnsMax;
    const batch: Waiting[] = [];
    const rest: Waiting[] = [];
    let batchBytes = 0;
    let restBytes = 0;
    let full = false;
    for (const waiting of queue) {
      const eligible = this.#suspects.has(waiting.record.actor) === suspected;
      const tooBig = batch.length > 0 && batchBytes + waiting.bytes > this.#limits.commitBatchBytesMax;
      // Once one is left out all later ones are, so that no actor's turns change places.
      if (eligible && (tooBig || batch.length >= turnsMax)) full = true;
      if (eligible && !full) {
        batch.push(waiting);
        batchBytes += waiting.bytes;
      } else {
        rest.push(waiting);
        restBytes += waiting.bytes;
      }
    }
    this.#queue = rest;
    this.#queueBytes = restBytes;
    return batch;
  }

  #wakeStarved(): void {
    if (this.#starved.size === 0) return;
    const starved = [...this.#starved];
    this.#starved.clear();
    for (const owner of starved) owner.wake();
  }
}
