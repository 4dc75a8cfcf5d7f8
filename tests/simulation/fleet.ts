/** The nodes of the world: started, crashed, paused, drained and started again on the same store. */
import type { DrainReport } from "../../src/actors/drain.ts";
import type { KindLimits, RuntimeLimits } from "../../src/actors/limits.ts";
import { Registry } from "../../src/actors/registry.ts";
import { judgeBounds } from "./bound_rules.ts";
import { castOf } from "./cast.ts";
import type { History } from "./history.ts";
import type { MemoryTables } from "./memory_store.ts";
import type { SeededChance } from "./seeded_chance.ts";
import { QueueRules } from "./queue_rules.ts";
import { SimulatedProcess } from "./simulated_process.ts";
import type { ConnectionParts, StoreConnection } from "./store_connection.ts";
import type { Traps } from "./traps.ts";
import type { VirtualTime } from "./virtual_time.ts";
import type { Weather } from "./weather.ts";

/** How long a node is down that crashed in a trap. */
const TRAPPED_MS = 150;

export interface FleetParts {
  readonly time: VirtualTime;
  readonly tables: MemoryTables;
  readonly weather: Weather;
  readonly chance: SeededChance;
  readonly history: History;
  readonly traps: Traps;
  readonly connect: (parts: ConnectionParts) => StoreConnection;
  readonly kindLimits: KindLimits;
  readonly limits: RuntimeLimits;
  /** How far a node's clock may be off, in milliseconds. */
  readonly skewMsMax: number;
  /** Whether a restarted node keeps its name, and with it its lease. */
  readonly naming: "kept" | "fresh";
}

export interface Member {
  readonly process: SimulatedProcess;
  readonly registry: Registry;
  readonly queues: QueueRules;
  ready: boolean;
  draining: boolean;
}

export class Fleet {
  readonly #parts: FleetParts;
  readonly #members = new Map<string, Member>();
  /** Seats that are never taken again. */
  readonly #retired = new Set<string>();
  #incarnations = 0;

  constructor(parts: FleetParts) {
    this.#parts = parts;
  }

  /** Puts a new process on `seat`, under the seat's name or a fresh one. */
  start(seat: string): void {
    if (this.#retired.has(seat)) return;
    const { time, tables, weather, history, connect, kindLimits, limits, skewMsMax, naming } = this.#parts;
    const chance = this.#parts.chance.fork();
    const name = naming === "kept" ? seat : `${seat}-${++this.#incarnations}`;
    const process = new SimulatedProcess(time, seat, name, chance.between(-skewMsMax, skewMsMax));
    const done = (call: string) => this.#done(seat, process, call);
    const store = connect({ time, process, tables, weather, chance: chance.fork(), history, done });
    const queues = new QueueRules(history.violate, limits.backoffMsMin);
    const leases = naming === "fresh" ? "own" : "inherited";
    const kinds = castOf({ time, process, chance: chance.fork(), history, queues, leases }, kindLimits);
    const meter = { count: (what: string) => history.saw(what), observe: () => {} };
    const registry = new Registry({ node: name, kinds, store, clock: process.clock, chance, meter, limits });
    const member: Member = { process, registry, queues, ready: false, draining: false };
    this.#members.set(seat, member);
    registry.start().then(() => {
      member.ready = true;
    }, (reason) => {
      history.saw("start failed");
      history.tell(() => `${name} could not start: ${reason}`);
      this.crash(seat, 300);
    });
  }

  /** Lets `action` into a running node, when there is one; what it throws is the runtime's failure. */
  visit(chance: SeededChance, action: (member: Member) => Promise<void>): void {
    const open = [...this.#members.values()].filter(({ ready, process }) => ready && !process.isDead());
    const [first, ...rest] = open;
    if (first === undefined) return;
    const member = chance.pick([first, ...rest]);
    member.process.enter(() => {
      action(member).catch((reason) => {
        this.#parts.history.violate("L4", `the registry threw at its caller: ${reason?.stack ?? reason}`);
      });
    });
  }

  #done(seat: string, process: SimulatedProcess, call: string): void {
    if (process.isDead() || !this.#parts.traps.springs(call)) return;
    this.#parts.history.saw(`trapped at ${call}`);
    this.crash(seat, TRAPPED_MS);
  }

  /** Looks at what every running node says of itself. */
  inspect(): void {
    const { limits, kindLimits, history } = this.#parts;
    for (const { process, registry, ready } of this.#members.values()) {
      if (ready && process.isRunning()) judgeBounds(registry.stats(), limits, kindLimits, history.violate);
    }
  }

  /** The process dies at once; another takes the seat after `downMs`. */
  crash(seat: string, downMs: number): void {
    const { time, history } = this.#parts;
    const member = this.#members.get(seat);
    if (member === undefined) return;
    history.saw("crash");
    history.tell(() => `${member.process.name} crashes`);
    member.process.kill();
    this.#members.delete(seat);
    time.in(downMs, () => this.start(seat));
  }

  pause(seat: string, pauseMs: number): void {
    const { time, history } = this.#parts;
    const process = this.#members.get(seat)?.process;
    if (process === undefined) return;
    history.saw("pause");
    history.tell(() => `${process.name} freezes for ${pauseMs.toFixed(0)} ms`);
    process.pause();
    time.in(pauseMs, () => {
      history.tell(() => `${process.name} wakes up`);
      process.resume();
    });
  }

  /** An orderly restart, as on SIGTERM; it must end in time and leave nothing behind. */
  drain(seat: string, deadlineMs: number, downMs: number): void {
    const member = this.#members.get(seat);
    if (member === undefined || member.draining) return;
    if (!member.ready) return this.crash(seat, downMs);
    member.draining = true;
    const { time, history } = this.#parts;
    const { process, registry } = member;
    history.saw("drain");
    history.tell(() => `${process.name} drains`);
    let restarted = false;
    const restart = () => {
      if (restarted || process.isDead()) return;
      restarted = true;
      this.crash(seat, downMs);
    };
    process.enter(() => {
      registry.drain(deadlineMs).then((report) => {
        history.tell(() => `${process.name} drained: ${JSON.stringify(report)}`);
        history.saw("drained");
        process.drained = true;
        this.#judgeDrained(process, report);
        time.in(500, restart);
      }, (reason) => history.violate("L6", `drain failed: ${reason}`));
    });
    // What runs a service kills a node that overstays.
    time.in(deadlineMs * 2 + 5000, restart);
  }

  /** L6: the lease has ended, and without a fault in its way every actor's state is saved. */
  #judgeDrained({ name, hasSlept }: SimulatedProcess, report: DrainReport): void {
    const { history, tables, weather, naming } = this.#parts;
    if (weather.hadFaults || hasSlept) return;
    if (report.leaseEnded && history.ownership.isLive(name)) {
      history.violate("L6", `${name} drained but keeps its lease`);
    }
    if (report.stopped > 0 || naming === "kept") return;
    history.saw("drained without a fault");
    for (const [actor, { fold }] of history.actors()) {
      if (history.ownership.holderOf(actor) !== name || fold.seq() === 0) continue;
      const saved = tables.load(actor)?.seq ?? 0;
      if (saved !== fold.seq()) history.violate("L6", `${actor}: saved at event ${saved} of ${fold.seq()} in a drain`);
    }
  }

  /** Nobody takes the seat again once its process has gone. */
  retire(seat: string): void {
    this.#retired.add(seat);
  }
}
