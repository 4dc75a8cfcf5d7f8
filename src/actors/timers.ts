/** Durable timers: those due soon are kept in memory and fired; the store remains the truth. */
import type { ActorId } from "../domain/address.ts";
import type { Origin } from "../domain/decision.ts";
import type { TimerKeeper } from "./activation_host.ts";
import { reasonOf, withDeadline } from "./deadline.ts";
import type { Reply } from "./envelope.ts";
import { backoffMs, type RuntimeLimits } from "./limits.ts";
import { METER } from "./meter_names.ts";
import type { Clock, Meter, NewTimer, StoredTimer, Timers, TurnRecord } from "./ports.ts";
import type { Supervision } from "./supervision.ts";
import { TimerHeap } from "./timer_heap.ts";

/** Sends a command of the runtime's own; never rejects. */
export type SendOwn = (to: ActorId, command: unknown, commandId: string, origin: Origin) => Promise<Reply>;

interface Armed extends NewTimer {
  readonly actor: ActorId;
  readonly fireAtMs: number;
  /** How often firing it was refused. */
  readonly refusals: number;
}

export interface TimerPlace {
  readonly node: string;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly meter: Meter;
  readonly limits: RuntimeLimits;
  readonly supervision: Supervision;
  readonly send: SendOwn;
}

const SCANS_PER_WINDOW = 3;

export class TimerService implements TimerKeeper {
  readonly #place: TimerPlace;
  readonly #armed = new Map<ActorId, Map<string, Armed>>();
  readonly #heap = new TimerHeap<Armed>();
  readonly #firing = new Set<Armed>();
  #size = 0;
  /** Timers due up to here are in memory. */
  #horizonMs = Number.NEGATIVE_INFINITY;
  /** What changed while the store is being read, so that older news from there is not believed. */
  readonly #changedSinceScan = new Set<string>();
  readonly #recoveredSinceScan = new Set<ActorId>();
  /** The store has timers due within the window for which there was no room. */
  #cutShort = false;
  #scanning = false;
  #scanAgain = false;
  #stopped = false;
  #wakeAtMs = Number.POSITIVE_INFINITY;
  #cancelWake: () => void = () => {};
  #cancelPoll: () => void = () => {};

  constructor(place: TimerPlace) {
    this.#place = place;
  }

  /** Timers in memory. */
  get size(): number {
    return this.#size;
  }

  start(): void {
    this.#poll();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelWake();
    this.#cancelPoll();
  }

  isCurrent(actor: ActorId, name: string, dueMs: number): boolean {
    return this.#armed.get(actor)?.get(name)?.dueMs === dueMs;
  }

  recovered(actor: ActorId): void {
    const names = this.#armed.get(actor);
    if (names !== undefined) { for (const name of [...names.keys()]) this.#disarm(actor, name); }
    this.#recoveredSinceScan.add(actor);
    this.#scanAgain = true;
    void this.#scan();
  }

  committed({ actor, timersSet, timersCleared }: TurnRecord): void {
    for (const name of timersCleared) this.#disarm(actor, name);
    for (const { name, dueMs, command } of timersSet) {
      this.#disarm(actor, name);
      if (dueMs > this.#horizonMs) continue;
      // One set for a moment that has passed, as where nobody is waited for any more, is for now.
      this.#armIfRoom({ actor, name, dueMs, command }, Math.max(dueMs, this.#place.clock.nowMs()));
    }
  }

  #poll(): void {
    if (this.#stopped) return;
    this.#cancelPoll = this.#place.clock.after(
      this.#place.limits.timerWindowMs / SCANS_PER_WINDOW,
      () => this.#poll(),
    );
    this.#scanAgain = true;
    void this.#scan();
  }

  async #scan(): Promise<void> {
    if (this.#scanning) return;
    this.#scanning = true;
    const { node, timers, clock, limits, meter, supervision } = this.#place;
    while (this.#scanAgain && !this.#stopped) {
      this.#scanAgain = false;
      this.#changedSinceScan.clear();
      this.#recoveredSinceScan.clear();
      const untilMs = clock.nowMs() + limits.timerWindowMs;
      this.#horizonMs = untilMs;
      try {
        const call = timers.due(node, untilMs, limits.timersInMemoryMax);
        this.#take(await withDeadline(call, limits.storeCallMsMax, clock), untilMs);
      } catch (thrown) {
        // The next poll reads again.
        meter.count(METER.storeRetries);
        supervision.failed(null, "store", reasonOf(thrown));
      }
    }
    this.#scanning = false;
  }

  /** Believes the store about everything that has not changed since it was asked. */
  #take(rows: readonly StoredTimer[], untilMs: number): void {
    if (this.#stopped) return;
    const last = rows[rows.length - 1];
    const whole = rows.length < this.#place.limits.timersInMemoryMax || last === undefined;
    const seenUntilMs = whole ? untilMs : last.dueMs - 1;
    if (!whole) this.#horizonMs = Math.min(this.#horizonMs, seenUntilMs);
    this.#cutShort = !whole;
    this.#forgetUnseen(new Set(rows.map(({ actor, name }) => keyOf(actor, name))), seenUntilMs, whole);
    for (const row of rows) {
      const known = this.#armed.get(row.actor)?.get(row.name);
      const changed = this.#recoveredSinceScan.has(row.actor) || this.#changedSinceScan.has(keyOf(row.actor, row.name));
      if (changed || known?.dueMs === row.dueMs) continue;
      if (known !== undefined) this.#disarm(row.actor, row.name);
      this.#armIfRoom(row, row.dueMs);
    }
  }

  /** Disarms what the store no longer has, and what is beyond the page when that was cut short. */
  #forgetUnseen(seen: ReadonlySet<string>, seenUntilMs: number, whole: boolean): void {
    for (const names of [...this.#armed.values()]) {
      for (const armed of [...names.values()]) {
        if (this.#firing.has(armed)) continue;
        const key = keyOf(armed.actor, armed.name);
        const later = armed.dueMs > seenUntilMs;
        const gone = !later && !seen.has(key) && !this.#changedSinceScan.has(key);
        if (gone || (later && !whole)) this.#disarm(armed.actor, armed.name);
      }
    }
  }

  /** What finds no room stays in the store until there is some. */
  #armIfRoom({ actor, name, dueMs, command }: StoredTimer, fireAtMs: number): void {
    if (this.#size < this.#place.limits.timersInMemoryMax) this.#arm({ actor, name, dueMs, command }, fireAtMs, 0);
    else {
      this.#horizonMs = Math.min(this.#horizonMs, dueMs - 1);
      this.#cutShort = true;
    }
  }

  #arm(timer: StoredTimer, fireAtMs: number, refusals: number): void {
    const armed: Armed = { ...timer, fireAtMs, refusals };
    let names = this.#armed.get(timer.actor);
    if (names === undefined) this.#armed.set(timer.actor, names = new Map<string, Armed>());
    if (!names.has(timer.name)) this.#size++;
    names.set(timer.name, armed);
    this.#changedSinceScan.add(keyOf(timer.actor, timer.name));
    this.#heap.push(armed);
    if (this.#heap.size > 64 && this.#heap.size > this.#size * 2) {
      this.#heap.keep((item) => this.#isArmed(item) && !this.#firing.has(item));
    }
    this.#wakeBy(fireAtMs);
  }

  #disarm(actor: ActorId, name: string): void {
    this.#changedSinceScan.add(keyOf(actor, name));
    const names = this.#armed.get(actor);
    const armed = names?.get(name);
    if (names === undefined || armed === undefined) return;
    this.#firing.delete(armed);
    names.delete(name);
    this.#size--;
    if (names.size === 0) this.#armed.delete(actor);
  }

  #isArmed(armed: Armed): boolean {
    return this.#armed.get(armed.actor)?.get(armed.name) === armed;
  }

  #wakeBy(atMs: number): void {
    if (this.#stopped || atMs >= this.#wakeAtMs) return;
    this.#cancelWake();
    this.#wakeAtMs = atMs;
    const inMs = Math.max(0, atMs - this.#place.clock.nowMs());
    this.#cancelWake = this.#place.clock.after(inMs, () => this.#wake());
  }

  #wake(): void {
    this.#wakeAtMs = Number.POSITIVE_INFINITY;
    if (this.#stopped) return;
    const { clock, limits } = this.#place;
    for (let next = this.#heap.peek(); next !== null; next = this.#heap.peek()) {
      if (next.fireAtMs > clock.nowMs() || this.#firing.size >= limits.deliveriesInFlightMax) break;
      this.#heap.pop();
      if (this.#isArmed(next) && !this.#firing.has(next)) void this.#fire(next);
    }
    const next = this.#heap.peek();
    // With too many under way, the next answer goes on.
    if (next !== null && this.#firing.size < limits.deliveriesInFlightMax) this.#wakeBy(next.fireAtMs);
  }

  async #fire(armed: Armed): Promise<void> {
    const { actor, name, dueMs, command, fireAtMs, refusals } = armed;
    const { meter, clock, send } = this.#place;
    this.#firing.add(armed);
    meter.count(METER.timersFired);
    meter.observe(METER.timerLateMs, clock.nowMs() - (refusals === 0 ? fireAtMs : dueMs));
    const reply = await send(actor, command, `timer:${name}:${dueMs}`, { kind: "timer", name, dueMs });
    this.#firing.delete(armed);
    if (this.#stopped) return;
    if (this.#isArmed(armed)) this.#answered(armed, reply);
    this.#wake();
    if (!this.#cutShort || this.#size > this.#place.limits.timersInMemoryMax / 2) return;
    this.#scanAgain = true;
    void this.#scan();
  }

  /** The turn has cleared the timer, unless the command was not decided. */
  #answered(armed: Armed, reply: Reply): void {
    const { clock, limits } = this.#place;
    this.#disarm(armed.actor, armed.name);
    if (reply.kind !== "refused" || reply.code === "held_elsewhere") return;
    const refusals = armed.refusals + 1;
    const pauseMs = Math.max(reply.retryAfterMs, backoffMs(refusals, limits));
    this.#arm(armed, clock.nowMs() + pauseMs, refusals);
  }
}

function keyOf(actor: ActorId, name: string): string {
  return `${actor} ${name}`;
}
