/** A complete store in memory: the same promises as Postgres, synchronous inside, outliving the nodes that use it. */
import type {
  AppendOutcome,
  ClaimOutcome,
  DeadLetter,
  DeadLetters,
  Journal,
  NewTimer,
  Outbox,
  Ownership,
  Snapshots,
  Store,
  StoredEvent,
  StoredMessage,
  StoredSnapshot,
  StoredTimer,
  Timers,
  TurnRecord,
} from "../../src/actors/ports.ts";
import type { ActorId } from "../../src/domain/address.ts";
import type { Listing } from "../../src/domain/aggregate.ts";

/** The batch would leave a gap or a repeat in an actor's numbers; nothing of it was stored. */
export class SequenceError extends Error {
  override readonly name = "SequenceError";
}

/** A message must be part of an event: it is named by the event's number. */
export class MessageWithoutEventError extends Error {
  override readonly name = "MessageWithoutEventError";
}

interface Owner {
  epoch: number;
  node: string | null;
}

/** Bodies are kept as text, as a database keeps them, so nobody can change or share what is stored. */
type Text = string;
const frozen = (value: unknown): Text => JSON.stringify(value ?? null);

function thaw<Row>(text: Text): Row {
  return JSON.parse(text);
}

/** The tables and the transactions on them, each one synchronous and therefore atomic. */
export class MemoryTables {
  readonly #owners = new Map<ActorId, Owner>();
  readonly #leases = new Map<string, number>();
  readonly #journal = new Map<ActorId, Text[]>();
  readonly #snapshots = new Map<ActorId, Text>();
  readonly #timers = new Map<ActorId, Map<string, NewTimer & { text: Text }>>();
  readonly #outbox = new Map<ActorId, Map<string, Text>>();
  readonly #letters = new Map<string, Text>();
  readonly #listings = new Map<ActorId, Text>();
  readonly #nowMs: () => number;

  /** `nowMs` is the database's own clock, by which leases are judged. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  append(records: readonly TurnRecord[]): readonly AppendOutcome[] {
    const outcomes = records.map((r): AppendOutcome => this.epochOf(r.actor) === r.epoch ? "committed" : "fenced");
    const committed = records.filter((_, i) => outcomes[i] === "committed");
    this.#checkBatch(committed);
    for (const record of committed) this.#store(record);
    return outcomes;
  }

  #checkBatch(records: readonly TurnRecord[]): void {
    const next = new Map<ActorId, number>();
    for (const { actor, firstSeq, events, messages } of records) {
      const expected = next.get(actor) ?? this.lastSeq(actor) + 1;
      if (events.length > 0 && firstSeq !== expected) {
        throw new SequenceError(`${actor}: first event is number ${firstSeq}, expected ${expected}`);
      }
      if (events.length === 0 && messages.length > 0) {
        throw new MessageWithoutEventError(`${actor}: a message in a turn without an event`);
      }
      next.set(actor, expected + events.length);
    }
  }

  #store(record: TurnRecord): void {
    const { actor, epoch, firstSeq, atMs, events } = record;
    const lastSeq = firstSeq + events.length - 1;
    const rows = this.#journal.get(actor) ?? [];
    this.#journal.set(actor, rows);
    events.forEach((event, i) => {
      const last = i === events.length - 1;
      const { type, version, body } = event;
      const ending = last ? { commandId: record.commandId, reply: record.reply } : { commandId: null, reply: null };
      rows.push(frozen({ type, version, body, seq: firstSeq + i, epoch, atMs, ...ending }));
    });
    this.#storeTimers(record);
    record.messages.forEach(({ to, command }, index) => {
      const id = `${actor}:${lastSeq}:${index}`;
      const waiting = this.#outbox.get(actor) ?? new Map<string, Text>();
      this.#outbox.set(actor, waiting);
      waiting.set(id, frozen({ id, sender: actor, seq: lastSeq, index, to, command }));
    });
    if (record.listing !== null) this.#listings.set(actor, frozen(record.listing));
  }

  #storeTimers({ actor, timersSet, timersCleared }: TurnRecord): void {
    if (timersSet.length === 0 && timersCleared.length === 0) return;
    const timers = this.#timers.get(actor) ?? new Map<string, NewTimer & { text: Text }>();
    for (const name of timersCleared) timers.delete(name);
    for (const timer of timersSet) timers.set(timer.name, { ...timer, text: frozen(timer) });
    if (timers.size === 0) this.#timers.delete(actor);
    else this.#timers.set(actor, timers);
  }

  read(actor: ActorId, afterSeq: number, limit: number): readonly StoredEvent[] {
    return (this.#journal.get(actor) ?? []).slice(afterSeq, afterSeq + limit).map((text) => thaw<StoredEvent>(text));
  }

  lastSeq(actor: ActorId): number {
    return this.#journal.get(actor)?.length ?? 0;
  }

  /** Current epoch of an actor, 0 before its first claim. */
  epochOf(actor: ActorId): number {
    return this.#owners.get(actor)?.epoch ?? 0;
  }

  actors(): readonly ActorId[] {
    return [...this.#journal.keys()];
  }

  listingOf(actor: ActorId): Listing | null {
    const text = this.#listings.get(actor);
    return text === undefined ? null : thaw<Listing>(text);
  }

  load(actor: ActorId): StoredSnapshot | null {
    const text = this.#snapshots.get(actor);
    return text === undefined ? null : thaw<StoredSnapshot>(text);
  }

  save(snapshots: readonly StoredSnapshot[]): void {
    for (const snapshot of snapshots) {
      const held = this.load(snapshot.actor);
      if (held === null || snapshot.seq >= held.seq) this.#snapshots.set(snapshot.actor, frozen(snapshot));
    }
  }

  claim(actor: ActorId, node: string): ClaimOutcome {
    const holder = this.#otherLiveOwner(actor, node);
    if (holder !== null) return { kind: "held", ...holder };
    const epoch = this.epochOf(actor) + 1;
    this.#owners.set(actor, { epoch, node });
    return { kind: "claimed", epoch };
  }

  release(actor: ActorId, epoch: number): void {
    const owner = this.#owners.get(actor);
    if (owner?.epoch === epoch) owner.node = null;
  }

  renewLease(node: string, leaseMs: number): boolean {
    const until = this.#leases.get(node);
    this.#leases.set(node, this.#nowMs() + leaseMs);
    return until === undefined || until > this.#nowMs();
  }

  endLease(node: string): void {
    this.#leases.delete(node);
  }

  #otherLiveOwner(actor: ActorId, node: string): { node: string; retryAfterMs: number } | null {
    const holder = this.#owners.get(actor)?.node ?? null;
    if (holder === null || holder === node) return null;
    const retryAfterMs = (this.#leases.get(holder) ?? 0) - this.#nowMs();
    return retryAfterMs > 0 ? { node: holder, retryAfterMs } : null;
  }

  due(node: string, untilMs: number, limit: number): readonly StoredTimer[] {
    const found: StoredTimer[] = [];
    for (const [actor, timers] of this.#timers) {
      if (this.#otherLiveOwner(actor, node) !== null) continue;
      for (const { dueMs, text } of timers.values()) {
        if (dueMs <= untilMs) found.push({ ...thaw<NewTimer>(text), actor });
      }
    }
    return found.sort((a, b) => a.dueMs - b.dueMs).slice(0, limit);
  }

  /** Timers that are set, whoever owns their actors. */
  timersOf(actor: ActorId): readonly NewTimer[] {
    return [...this.#timers.get(actor)?.values() ?? []].map(({ text }) => thaw<NewTimer>(text));
  }

  pending(node: string, limit: number): readonly StoredMessage[] {
    const found: StoredMessage[] = [];
    for (const [sender, waiting] of this.#outbox) {
      if (found.length >= limit) break;
      if (waiting.size === 0 || this.#otherLiveOwner(sender, node) !== null) continue;
      for (const text of waiting.values()) found.push(thaw<StoredMessage>(text));
    }
    return found.slice(0, limit);
  }

  settle(messages: readonly Pick<StoredMessage, "sender" | "seq" | "index">[]): void {
    for (const { sender, seq, index } of messages) this.#outbox.get(sender)?.delete(`${sender}:${seq}:${index}`);
  }

  keep(letter: DeadLetter): void {
    const id = `${letter.actor} ${letter.commandId}`;
    if (!this.#letters.has(id)) this.#letters.set(id, frozen(letter));
  }

  /** Newest first. */
  list(limit: number): readonly DeadLetter[] {
    return [...this.#letters.values()].reverse().slice(0, limit).map((text) => thaw<DeadLetter>(text));
  }
}

/** The runtime's view of the tables; every call does its work before its promise settles. */
export class MemoryStore implements Store {
  readonly tables: MemoryTables;
  readonly journal: Journal;
  readonly snapshots: Snapshots;
  readonly ownership: Ownership;
  readonly timers: Timers;
  readonly outbox: Outbox;
  readonly deadLetters: DeadLetters;

  constructor(nowMs: () => number) {
    const tables = new MemoryTables(nowMs);
    this.tables = tables;
    this.journal = {
      append: (records) => Promise.try(() => tables.append(records)),
      read: (actor, afterSeq, limit) => Promise.try(() => tables.read(actor, afterSeq, limit)),
    };
    this.snapshots = {
      load: (actor) => Promise.try(() => tables.load(actor)),
      save: (snapshots) => Promise.try(() => tables.save(snapshots)),
    };
    this.ownership = {
      claim: (actor, node) => Promise.try(() => tables.claim(actor, node)),
      release: (actor, epoch) => Promise.try(() => tables.release(actor, epoch)),
      renewLease: (node, leaseMs) => Promise.try(() => tables.renewLease(node, leaseMs)),
      endLease: (node) => Promise.try(() => tables.endLease(node)),
    };
    this.timers = { due: (node, untilMs, limit) => Promise.try(() => tables.due(node, untilMs, limit)) };
    this.outbox = {
      pending: (node, limit) => Promise.try(() => tables.pending(node, limit)),
      settle: (messages) => Promise.try(() => tables.settle(messages)),
    };
    this.deadLetters = {
      keep: (letter) => Promise.try(() => tables.keep(letter)),
      list: (limit) => Promise.try(() => tables.list(limit)),
    };
  }
}
