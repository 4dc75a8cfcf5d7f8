/** Retires actors that are idle for long, and the longest idle ones when memory runs short. */
import type { Resident } from "./activation_host.ts";
import type { RuntimeLimits } from "./limits.ts";
import { METER } from "./meter_names.ts";
import type { Clock, Meter } from "./ports.ts";

/** Share of all actors that makes room when there are too many. */
const ROOM_SHARE = 0.02;

export class IdleCollector {
  readonly #residents: () => Iterable<Resident>;
  readonly #clock: Clock;
  readonly #meter: Meter;
  readonly #limits: RuntimeLimits;
  #bytes = 0;
  #cancelSweep: () => void = () => {};

  constructor(residents: () => Iterable<Resident>, parts: { clock: Clock; meter: Meter; limits: RuntimeLimits }) {
    this.#residents = residents;
    this.#clock = parts.clock;
    this.#meter = parts.meter;
    this.#limits = parts.limits;
  }

  /** Estimated bytes of all actors at the last sweep. */
  get bytes(): number {
    return this.#bytes;
  }

  start(): void {
    this.#cancelSweep = this.#clock.after(this.#limits.idleSweepMs, () => {
      this.sweep();
      this.start();
    });
  }

  stop(): void {
    this.#cancelSweep();
  }

  /** Retires what has been idle for its kind's time; over the memory budget also the longest idle of the others. */
  sweep(): void {
    const nowMs = this.#clock.nowMs();
    let bytes = 0;
    const idle: { resident: Resident; bytes: number }[] = [];
    for (const resident of [...this.#residents()]) {
      if (resident.isIdle && nowMs - resident.lastUsedMs >= resident.idleMs) {
        this.#retire(resident);
        continue;
      }
      const size = resident.estimateBytes();
      bytes += size;
      if (resident.isIdle) idle.push({ resident, bytes: size });
    }
    if (bytes > this.#limits.memoryBytesMax) {
      idle.sort((a, b) => a.resident.lastUsedMs - b.resident.lastUsedMs);
      for (const { resident, bytes: size } of idle) {
        if (bytes <= this.#limits.memoryBytesMax) break;
        this.#retire(resident);
        bytes -= size;
      }
    }
    this.#bytes = bytes;
  }

  /** Retires the longest idle actors, so that there is room for others soon. */
  makeRoom(): void {
    const all = [...this.#residents()];
    const idle = all.filter((resident) => resident.isIdle).sort((a, b) => a.lastUsedMs - b.lastUsedMs);
    for (const resident of idle.slice(0, Math.ceil(all.length * ROOM_SHARE))) this.#retire(resident);
  }

  #retire(resident: Resident): void {
    this.#meter.count(METER.retirements);
    resident.retire();
  }
}
