/** Stores that break one promise each, to prove that the simulation would notice. */
import type {
  AppendOutcome,
  ClaimOutcome,
  Journal,
  StoredEvent,
  StoredMessage,
  StoredSnapshot,
  TurnRecord,
} from "../../src/actors/ports.ts";
import type { ActorId } from "../../src/domain/address.ts";
import { MemoryTables } from "./memory_store.ts";
import { type ConnectionParts, StoreConnection } from "./store_connection.ts";

/** Which tables a world is built on and how its nodes reach them. */
export interface Foundation {
  readonly tables: (nowMs: () => number) => MemoryTables;
  readonly connect: (parts: ConnectionParts) => StoreConnection;
}

export const HONEST: Foundation = {
  tables: (nowMs) => new MemoryTables(nowMs),
  connect: (parts) => new StoreConnection(parts),
};

function brokenTables(tables: Foundation["tables"]): Foundation {
  return { ...HONEST, tables };
}

/** Stores whatever comes under whatever epoch. */
class UnfencedTables extends MemoryTables {
  override append(records: readonly TurnRecord[]): readonly AppendOutcome[] {
    return records.flatMap((record) => {
      const firstSeq = this.lastSeq(record.actor) + 1;
      return super.append([{ ...record, epoch: this.epochOf(record.actor), firstSeq }]);
    });
  }
}

/** Gives every actor to whoever asks, live lease or not. */
class LeaselessTables extends MemoryTables {
  override claim(actor: ActorId, node: string): ClaimOutcome {
    this.release(actor, this.epochOf(actor));
    return super.claim(actor, node);
  }
}

/** Stores one turn in twenty twice. */
class DuplicatingTables extends MemoryTables {
  #turns = 0;
  override append(records: readonly TurnRecord[]): readonly AppendOutcome[] {
    const outcomes = super.append(records);
    records.forEach((record, i) => {
      if (outcomes[i] === "committed" && record.events.length > 0 && ++this.#turns % 20 === 0) {
        super.append([{ ...record, firstSeq: this.lastSeq(record.actor) + 1 }]);
      }
    });
    return outcomes;
  }
}

/** Forgets one batch in twenty after having said that it was stored. */
class ForgettingTables extends MemoryTables {
  #turns = 0;
  override append(records: readonly TurnRecord[]): readonly AppendOutcome[] {
    if (++this.#turns % 20 !== 0) return super.append(records);
    return records.map((record) => record.epoch === this.epochOf(record.actor) ? "committed" : "fenced");
  }
}

class TimerlessTables extends MemoryTables {
  #timers = 0;
  override append(records: readonly TurnRecord[]): readonly AppendOutcome[] {
    return super.append(records.map((record) => {
      const timersSet = record.timersSet.filter(() => ++this.#timers % 4 !== 0);
      return { ...record, timersSet };
    }));
  }
}

/** Fired timers stay set. */
class UnclearingTables extends MemoryTables {
  override append(records: readonly TurnRecord[]): readonly AppendOutcome[] {
    return super.append(records.map((record) => ({ ...record, timersCleared: [] })));
  }
}

class OutboxlessTables extends MemoryTables {
  override append(records: readonly TurnRecord[]): readonly AppendOutcome[] {
    return super.append(records.map((record) => ({ ...record, messages: [] })));
  }
}

/** Returns two neighbouring events of a page in each other's place. */
class ReorderingTables extends MemoryTables {
  override read(actor: ActorId, afterSeq: number, limit: number): readonly StoredEvent[] {
    const [first, second, ...rest] = super.read(actor, afterSeq, limit);
    if (first === undefined || second === undefined) return first === undefined ? [] : [first];
    return [{ ...second, seq: first.seq }, { ...first, seq: second.seq }, ...rest];
  }
}

/** Says of every snapshot that it holds one event more than it does. */
class BoastingTables extends MemoryTables {
  override load(actor: ActorId): StoredSnapshot | null {
    const snapshot = super.load(actor);
    return snapshot === null ? null : { ...snapshot, seq: Math.min(snapshot.seq + 1, this.lastSeq(actor)) };
  }
}

/** A new owner gets the number of the old one. */
class EpochlessTables extends MemoryTables {
  override claim(actor: ActorId, node: string): ClaimOutcome {
    const outcome = super.claim(actor, node);
    return outcome.kind === "held" ? outcome : { kind: "claimed", epoch: Math.max(1, outcome.epoch - 1) };
  }
}

/** Hands the undelivered messages out newest first. */
class BackwardTables extends MemoryTables {
  override pending(node: string, limit: number): readonly StoredMessage[] {
    return [...super.pending(node, limit)].reverse();
  }
}

/** Says "committed" before it is, so that a crash in between loses what was acknowledged. */
class EagerConnection extends StoreConnection {
  protected override append(records: readonly TurnRecord[]): ReturnType<Journal["append"]> {
    const { time, process } = this.parts;
    time.in(5, () => {
      if (!process.isDead()) this.appendNow(records);
    });
    return Promise.resolve(records.map((): AppendOutcome => "committed"));
  }
}

/** Each sabotage, and the rules of which at least one must name it. */
export const SABOTAGES: readonly {
  readonly name: string;
  readonly foundation: Foundation;
  readonly rules: readonly string[];
}[] = [
  {
    name: "appends are not fenced",
    foundation: brokenTables((nowMs) => new UnfencedTables(nowMs)),
    rules: ["O2"],
  },
  {
    name: "live leases do not protect",
    foundation: brokenTables((nowMs) => new LeaselessTables(nowMs)),
    rules: ["O3"],
  },
  {
    name: "the commit is reported before it happens",
    foundation: { ...HONEST, connect: (parts) => new EagerConnection(parts) },
    rules: ["S2"],
  },
  {
    name: "a turn is stored twice",
    foundation: brokenTables((nowMs) => new DuplicatingTables(nowMs)),
    rules: ["S1", "S2", "S3", "X2"],
  },
  {
    name: "a stored turn is forgotten",
    foundation: brokenTables((nowMs) => new ForgettingTables(nowMs)),
    rules: ["S1", "S3", "X1", "X2", "X3", "T1", "T2"],
  },
  {
    name: "timers are lost",
    foundation: brokenTables((nowMs) => new TimerlessTables(nowMs)),
    rules: ["T1", "T2"],
  },
  {
    name: "timers that fired stay set",
    foundation: brokenTables((nowMs) => new UnclearingTables(nowMs)),
    rules: ["T1", "T2"],
  },
  {
    name: "messages are lost",
    foundation: brokenTables((nowMs) => new OutboxlessTables(nowMs)),
    rules: ["X2", "X3"],
  },
  {
    name: "undelivered messages come newest first",
    foundation: brokenTables((nowMs) => new BackwardTables(nowMs)),
    rules: ["X3"],
  },
  {
    name: "a new owner gets the old epoch",
    foundation: brokenTables((nowMs) => new EpochlessTables(nowMs)),
    rules: ["O1"],
  },
  {
    name: "a snapshot lacks its last event",
    foundation: brokenTables((nowMs) => new BoastingTables(nowMs)),
    rules: ["S1", "S3", "S4"],
  },
  {
    name: "the journal is read out of order",
    foundation: brokenTables((nowMs) => new ReorderingTables(nowMs)),
    rules: ["R1", "S3", "S4", "X1"],
  },
];
