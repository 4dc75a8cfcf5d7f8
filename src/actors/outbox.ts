/** Sends on what committed turns send: in order from one actor to another, until it has been taken. */
import type { ActorId } from "../domain/address.ts";
import type { MessageSender } from "./activation_host.ts";
import { reasonOf, withDeadline } from "./deadline.ts";
import type { Reply } from "./envelope.ts";
import { backoffMs, type RuntimeLimits } from "./limits.ts";
import { METER } from "./meter_names.ts";
import type { Clock, Meter, NewMessage, Outbox, StoredMessage } from "./ports.ts";
import { outboxCommandId } from "./recent_commands.ts";
import type { Supervision } from "./supervision.ts";
import type { SendOwn } from "./timers.ts";

type Parcel = Omit<StoredMessage, "id">;

/** Messages of one actor to another: the first is under way, the others wait for its answer. */
interface Lane {
  readonly parcels: Parcel[];
  busy: boolean;
  refusals: number;
}

export interface OutboxPlace {
  readonly node: string;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly meter: Meter;
  readonly limits: RuntimeLimits;
  readonly supervision: Supervision;
  readonly send: SendOwn;
}

export class OutboxSender implements MessageSender {
  readonly #place: OutboxPlace;
  readonly #lanes = new Map<string, Lane>();
  /** Lanes that wait for others to be answered, oldest first. */
  readonly #ready = new Set<Lane>();
  /** Command ids of messages in memory: waiting, under way, or taken and not settled yet. */
  readonly #known = new Set<string>();
  #taken: Parcel[] = [];
  /** Senders of which the store may hold messages that are not in memory; their new ones wait for a scan. */
  readonly #behind = new Set<ActorId>();
  readonly #sentSinceScan = new Set<ActorId>();
  #underWay = 0;
  #scanLimit: number;
  #scanning = false;
  #scanAgain = false;
  #settling = false;
  #stopped = false;
  #cancelPoll: () => void = () => {};

  constructor(place: OutboxPlace) {
    this.#place = place;
    this.#scanLimit = Math.min(place.limits.outboxPageMessages, place.limits.messagesInMemoryMax);
  }

  /** Messages in memory. */
  get size(): number {
    return this.#known.size;
  }

  start(): void {
    this.#poll();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelPoll();
  }

  recovered(sender: ActorId): void {
    this.#behind.add(sender);
    this.#sentSinceScan.add(sender);
    this.#scan();
  }

  committed(sender: ActorId, seq: number, messages: readonly NewMessage[]): void {
    messages.forEach(({ to, command }, index) => this.#take({ sender, seq, index, to, command }));
  }

  #poll(): void {
    if (this.#stopped) return;
    this.#cancelPoll = this.#place.clock.after(this.#place.limits.outboxScanMs, () => this.#poll());
    this.#scan();
  }

  /** Takes a message into memory, unless earlier ones of its sender are in the store only or memory is full. */
  #take(parcel: Parcel): void {
    const { sender } = parcel;
    if (this.#behind.has(sender) || this.#known.size >= this.#place.limits.messagesInMemoryMax) {
      this.#behind.add(sender);
      this.#sentSinceScan.add(sender);
    } else this.#enqueue(parcel);
  }

  #enqueue(parcel: Parcel): void {
    const id = commandIdOf(parcel);
    if (this.#known.has(id)) return;
    this.#known.add(id);
    const key = `${parcel.sender} ${parcel.to}`;
    let lane = this.#lanes.get(key);
    if (lane === undefined) this.#lanes.set(key, lane = { parcels: [], busy: false, refusals: 0 });
    lane.parcels.push(parcel);
    this.#deliver(lane);
  }

  #deliver(lane: Lane): void {
    if (this.#stopped || lane.busy) return;
    const parcel = lane.parcels[0];
    if (parcel === undefined) return;
    if (this.#underWay >= this.#place.limits.deliveriesInFlightMax) {
      this.#ready.add(lane);
      return;
    }
    lane.busy = true;
    void this.#send(lane, parcel);
  }

  async #send(lane: Lane, parcel: Parcel): Promise<void> {
    const { sender, seq, to, command } = parcel;
    this.#underWay++;
    const reply = await this.#place.send(to, command, commandIdOf(parcel), { kind: "actor", sender, seq });
    const taken = await this.#isTaken(parcel, reply);
    this.#underWay--;
    if (this.#stopped) return;
    lane.busy = false;
    if (taken) this.#settle(lane, parcel);
    else this.#retry(lane, reply);
    this.#deliverReady();
  }

  /** A rejection is an answer too. What no kind here can take, or its actor cannot, is set aside and thereby over. */
  async #isTaken(parcel: Parcel, reply: Reply): Promise<boolean> {
    if (reply.kind !== "refused" || reply.code === "poisoned") return true;
    if (reply.code !== "unknown_kind") return false;
    return await this.#place.supervision.setAside(parcel.to, commandIdOf(parcel), parcel.command, reply.message);
  }

  #retry(lane: Lane, reply: Reply): void {
    const { clock, limits, meter } = this.#place;
    const askedMs = reply.kind === "refused" ? reply.retryAfterMs : 0;
    lane.refusals++;
    lane.busy = true;
    meter.count(METER.storeRetries);
    clock.after(Math.max(askedMs, backoffMs(lane.refusals, limits)), () => {
      lane.busy = false;
      this.#deliver(lane);
    });
  }

  #settle(lane: Lane, parcel: Parcel): void {
    this.#place.meter.count(METER.messagesDelivered);
    lane.parcels.shift();
    lane.refusals = 0;
    if (lane.parcels.length === 0) this.#lanes.delete(`${parcel.sender} ${parcel.to}`);
    else this.#deliver(lane);
    this.#taken.push(parcel);
    if (!this.#settling) void this.#settleTaken();
  }

  #deliverReady(): void {
    for (const lane of this.#ready) {
      if (this.#underWay >= this.#place.limits.deliveriesInFlightMax) return;
      this.#ready.delete(lane);
      this.#deliver(lane);
    }
  }

  /** Tells the store what has been taken, everything that has gathered at a time. */
  async #settleTaken(): Promise<void> {
    this.#settling = true;
    const { outbox, clock, limits, meter } = this.#place;
    for (let failures = 0; this.#taken.length > 0 && !this.#stopped;) {
      const batch = this.#taken;
      this.#taken = [];
      try {
        await withDeadline(outbox.settle(batch), limits.storeCallMsMax, clock);
        for (const parcel of batch) this.#known.delete(commandIdOf(parcel));
        failures = 0;
      } catch {
        // Settling again does no harm; until then the store may offer these messages again, and they are known.
        meter.count(METER.storeRetries);
        this.#taken = [...batch, ...this.#taken];
        const pauseMs = backoffMs(++failures, limits);
        await new Promise<void>((resume) => void clock.after(pauseMs, resume));
      }
    }
    this.#settling = false;
    if (this.#behind.size > 0 && this.#known.size <= limits.messagesInMemoryMax / 2) this.#scan();
  }

  #scan(): void {
    this.#scanAgain = true;
    if (!this.#scanning) void this.#scanAll();
  }

  async #scanAll(): Promise<void> {
    this.#scanning = true;
    const { node, outbox, clock, limits, meter, supervision } = this.#place;
    while (this.#scanAgain && !this.#stopped) {
      this.#scanAgain = false;
      this.#sentSinceScan.clear();
      const covered = [...this.#behind];
      try {
        const call = outbox.pending(node, this.#scanLimit);
        const rows = await withDeadline(call, limits.storeCallMsMax, clock);
        if (!this.#stopped) this.#scanned(rows, covered);
      } catch (thrown) {
        // The next poll scans again; those behind stay so.
        meter.count(METER.storeRetries);
        supervision.failed(null, "store", reasonOf(thrown));
      }
    }
    this.#scanning = false;
  }

  #scanned(rows: readonly StoredMessage[], covered: readonly ActorId[]): void {
    const { messagesInMemoryMax } = this.#place.limits;
    const knownBefore = this.#known.size;
    let full = false;
    for (const row of rows) {
      full ||= this.#known.size >= messagesInMemoryMax;
      if (!full) this.#enqueue(row);
      else if (!this.#known.has(commandIdOf(row))) {
        this.#behind.add(row.sender);
        this.#sentSinceScan.add(row.sender);
      }
    }
    if (rows.length >= this.#scanLimit) {
      // A page full of messages that nobody takes must not hide the ones behind it.
      if (this.#known.size === knownBefore) this.#scanLimit = Math.min(this.#scanLimit * 2, messagesInMemoryMax);
      this.#scanAgain = !full && this.#known.size > knownBefore;
      return;
    }
    for (const sender of covered) if (!this.#sentSinceScan.has(sender)) this.#behind.delete(sender);
    if (!full && this.#sentSinceScan.size > 0) this.#scanAgain = true;
  }
}

function commandIdOf({ sender, seq, index }: Pick<Parcel, "sender" | "seq" | "index">): string {
  return outboxCommandId(sender, seq, index);
}
