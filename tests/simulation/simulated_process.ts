/** One operating-system process of the world: everything reaches its code through a gate that can freeze or close. */
import type { Clock } from "../../src/actors/ports.ts";
import type { VirtualTime } from "./virtual_time.ts";

export class SimulatedProcess {
  readonly name: string;
  /** The place in the fleet it runs on; a seat outlives its processes. */
  readonly seat: string;
  readonly clock: Clock;
  readonly #time: VirtualTime;
  #state: "running" | "paused" | "dead" = "running";
  #held: (() => void)[] = [];
  /** It has said that it is done; from now on it may not ask for anything. */
  drained = false;
  /** It has been frozen at least once, so its lease may have ended unnoticed. */
  hasSlept = false;

  /** `skewMs` is how far the node's own clock is off; the database judges leases by its own. */
  constructor(time: VirtualTime, seat: string, name: string, skewMs: number) {
    this.#time = time;
    this.seat = seat;
    this.name = name;
    this.clock = {
      nowMs: () => Math.floor(time.nowMs() + skewMs),
      after: (ms, action) => this.#after(ms, action),
    };
  }

  isRunning(): boolean {
    return this.#state === "running";
  }

  isDead(): boolean {
    return this.#state === "dead";
  }

  /** Lets something in: now, once the process wakes up, or never. */
  enter(action: () => void): void {
    if (this.#state === "running") action();
    else if (this.#state === "paused") this.#held.push(action);
  }

  #after(ms: number, action: () => void): () => void {
    let live = true;
    const fire = () => {
      if (live) action();
      live = false;
    };
    const forget = this.#time.in(ms, () => this.enter(fire));
    return () => {
      live = false;
      forget();
    };
  }

  /** Stops running code, as a stopped process or a host without CPU; answers and timers wait at the gate. */
  pause(): void {
    if (this.#state !== "running") return;
    this.#state = "paused";
    this.hasSlept = true;
  }

  /** Wakes up: what waited at the gate comes in one by one, all of it late. */
  resume(): void {
    if (this.#state !== "paused") return;
    this.#state = "running";
    const held = this.#held;
    this.#held = [];
    for (const action of held) this.#time.in(0, () => this.enter(action));
  }

  /** The process is gone in the middle of whatever it awaited; nothing ever reaches it again. */
  kill(): void {
    this.#state = "dead";
    this.#held = [];
  }
}
