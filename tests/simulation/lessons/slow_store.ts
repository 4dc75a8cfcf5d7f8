/** A store at the far end of a wire: each call takes time, and one that was under way when its process died may land. */
import type { Store } from "../../../src/actors/ports.ts";
import type { MemoryTables } from "../memory_store.ts";
import type { SeededChance } from "../seeded_chance.ts";
import type { SimulatedProcess } from "../simulated_process.ts";
import type { VirtualTime } from "../virtual_time.ts";

export interface SlowStoreParts {
  readonly time: VirtualTime;
  readonly process: SimulatedProcess;
  readonly tables: MemoryTables;
  readonly chance: SeededChance;
  /** One way. */
  readonly latencyMs: number;
}

export function slowStore({ time, process, tables, chance, latencyMs }: SlowStoreParts): Store {
  const call = <Result>(work: () => Result): Promise<Result> =>
    new Promise((resolve, reject) => {
      time.in(chance.between(0.1, latencyMs), () => {
        if (process.isDead() && chance.hit(0.5)) return;
        try {
          const result = work();
          time.in(chance.between(0.1, latencyMs), () => process.enter(() => resolve(result)));
        } catch (fault) {
          process.enter(() => reject(fault));
        }
      });
    });
  return {
    journal: {
      append: (records) => call(() => tables.append(structuredClone(records))),
      read: (actor, afterSeq, limit) => call(() => tables.read(actor, afterSeq, limit)),
    },
    snapshots: {
      load: (actor) => call(() => tables.load(actor)),
      save: (snapshots) => call(() => tables.save(structuredClone(snapshots))),
    },
    ownership: {
      claim: (actor, node) => call(() => tables.claim(actor, node)),
      release: (actor, epoch) => call(() => tables.release(actor, epoch)),
      renewLease: (node, leaseMs) => call(() => tables.renewLease(node, leaseMs)),
      endLease: (node) => call(() => tables.endLease(node)),
    },
    timers: { due: (node, untilMs, limit) => call(() => tables.due(node, untilMs, limit)) },
    outbox: {
      pending: (node, limit) => call(() => tables.pending(node, limit)),
      settle: (messages) => call(() => tables.settle(structuredClone(messages))),
    },
    deadLetters: {
      keep: (letter) => call(() => tables.keep(letter)),
      list: (limit) => call(() => tables.list(limit)),
    },
  };
}
