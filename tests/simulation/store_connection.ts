/** One process's connection to the store: calls are late, lost, done without an answer, or done long after. */
import type {
  DeadLetters,
  Journal,
  Outbox,
  Ownership,
  Snapshots,
  Store,
  Timers,
  TurnRecord,
} from "../../src/actors/ports.ts";
import type { History } from "./history.ts";
import { type MemoryTables, SequenceError } from "./memory_store.ts";
import type { SeededChance } from "./seeded_chance.ts";
import type { SimulatedProcess } from "./simulated_process.ts";
import type { VirtualTime } from "./virtual_time.ts";
import type { Weather } from "./weather.ts";

/** The connection broke; whether the work was done is not known. */
export class ConnectionLostError extends Error {
  override readonly name = "ConnectionLostError";
}

/** What a drained node may no longer do; a read or a snapshot under way harms nobody. */
const OVER_ONCE_DRAINED: ReadonlySet<string> = new Set(["append", "claim", "renewLease"]);

export interface ConnectionParts {
  readonly time: VirtualTime;
  readonly process: SimulatedProcess;
  readonly tables: MemoryTables;
  readonly weather: Weather;
  readonly chance: SeededChance;
  readonly history: History;
  /** Told of each call that the store has just done. */
  readonly done: (call: string) => void;
}

export class StoreConnection implements Store {
  readonly journal: Journal;
  readonly snapshots: Snapshots;
  readonly ownership: Ownership;
  readonly timers: Timers;
  readonly outbox: Outbox;
  readonly deadLetters: DeadLetters;
  protected readonly parts: ConnectionParts;

  constructor(parts: ConnectionParts) {
    this.parts = parts;
    const { tables, history, process } = parts;
    this.journal = {
      append: (records) => this.append(structuredClone(records)),
      read: (actor, afterSeq, limit) => this.call("read", () => tables.read(actor, afterSeq, limit)),
    };
    this.snapshots = {
      load: (actor) => this.call("load", () => tables.load(actor)),
      save: (snapshots) => {
        const copies = structuredClone(snapshots);
        return this.call("save", () => {
          for (const snapshot of copies) history.snapshotSaved(snapshot);
          tables.save(copies);
        });
      },
    };
    this.ownership = this.#ownership();
    this.timers = { due: (node, untilMs, limit) => this.call("due", () => tables.due(node, untilMs, limit)) };
    this.outbox = {
      pending: (node, limit) => this.call("pending", () => tables.pending(node, limit)),
      settle: (messages) => {
        const copies = structuredClone(messages);
        return this.call("settle", () => tables.settle(copies));
      },
    };
    this.deadLetters = {
      keep: (letter) => {
        const copy = structuredClone(letter);
        return this.call("keep", () => {
          history.lettered(copy);
          tables.keep(copy);
        });
      },
      list: (limit) => this.call("list", () => tables.list(limit)),
    };
    history.tell(() => `${process.name} connects`);
  }

  #ownership(): Ownership {
    const { tables, history } = this.parts;
    return {
      claim: (actor, node) =>
        this.call("claim", () => {
          const outcome = tables.claim(actor, node);
          history.claimed(actor, node, outcome);
          return outcome;
        }),
      release: (actor, epoch) =>
        this.call("release", () => {
          history.saw("released");
          history.ownership.released(actor, epoch);
          tables.release(actor, epoch);
        }),
      renewLease: (node, leaseMs) =>
        this.call("renewLease", () => {
          const inTime = tables.renewLease(node, leaseMs);
          if (!inTime) history.saw("lease renewed late");
          history.ownership.renewed(node, leaseMs);
          return inTime;
        }),
      endLease: (node) =>
        this.call("endLease", () => {
          history.ownership.ended(node);
          tables.endLease(node);
        }),
    };
  }

  protected append(records: readonly TurnRecord[]): ReturnType<Journal["append"]> {
    return this.call("append", () => this.appendNow(records));
  }

  protected appendNow(records: readonly TurnRecord[]): Awaited<ReturnType<Journal["append"]>> {
    const { tables, history, process } = this.parts;
    const outcomes = this.#inSequence(() => tables.append(records));
    history.appended(process.name, records, outcomes);
    return outcomes;
  }

  /** S1: a late write is fenced by its epoch, so a gap or a repeat under the current one is the runtime's own fault. */
  #inSequence<Result>(append: () => Result): Result {
    try {
      return append();
    } catch (fault) {
      if (fault instanceof SequenceError) {
        this.parts.history.violate("S1", `an append was out of order: ${fault.message}`);
      }
      throw fault;
    }
  }

  /** Does `work` when and if its fate says so, dead caller or not; answers through the process's gate. */
  protected call<Result>(name: string, work: () => Result): Promise<Result> {
    const { time, process, weather, chance, history } = this.parts;
    if (process.drained && OVER_ONCE_DRAINED.has(name)) {
      history.violate("L6", `${process.name} still calls ${name} after it was drained`);
    }
    const { workMs, replyMs, heard } = weather.fate(process.seat);
    if (heard === "failure") history.saw(workMs === null ? `${name} lost` : `${name} unknown`);
    return new Promise((resolve, reject) => {
      let outcome: { readonly result: Result } | { readonly fault: unknown } | null = null;
      const run = () => {
        if (process.isDead()) {
          if (chance.hit(0.5)) return;
          history.saw(`${name} landed after death`);
        }
        try {
          outcome = { result: work() };
          this.parts.done(name);
        } catch (fault) {
          // The database refused; the caller hears why, as it would over a real connection.
          outcome = { fault };
          history.tell(() => `${process.name} ${name} refused: ${fault}`);
          history.saw(`${name} refused by the store`);
        }
      };
      const reply = () => {
        if (heard === "failure" || outcome === null) reject(new ConnectionLostError(`${name}: connection lost`));
        else if ("fault" in outcome) reject(outcome.fault);
        else resolve(outcome.result);
      };
      if (workMs !== null) time.in(workMs, run);
      time.in(replyMs, () => process.enter(reply));
    });
  }
}
