/** The door to all actors of a node: tell, watch, read, and the node's own start and drain. */
import { type ActorId, type Address, kindOf } from "../domain/address.ts";
import type { Origin } from "../domain/decision.ts";
import type { Principal } from "../domain/principal.ts";
import type { ActivationHost, Resident } from "./activation_host.ts";
import type { ActorKind } from "./actor_kind.ts";
import { type ClosableStore, closableStore } from "./closable_store.ts";
import { CommitGroup } from "./commit_group.ts";
import { reasonOf } from "./deadline.ts";
import { type Incoming, isRuntimeCommandId, refusal, type Refused } from "./delivery.ts";
import { type DrainReport, drainResidents } from "./drain.ts";
import type { ReadOutcome, Reply, ResumePoint, Watcher, WatchOutcome } from "./envelope.ts";
import { IdleCollector } from "./idle_collector.ts";
import { Lease } from "./lease.ts";
import { LEASE_END_MS_MIN, type RuntimeLimits } from "./limits.ts";
import { METER } from "./meter_names.ts";
import { OutboxSender } from "./outbox.ts";
import type { Chance, Clock, Meter, Store } from "./ports.ts";
import { RecoveryGate } from "./recovery_gate.ts";
import { censusOf, type RegistryStats } from "./registry_stats.ts";
import { SnapshotWriter } from "./snapshot_writer.ts";
import { type Failure, type FailureListener, Supervision } from "./supervision.ts";
import { TimerService } from "./timers.ts";
import { Arrivals, readIfUnborn } from "./unborn.ts";

export interface RegistryParts {
  readonly node: string;
  readonly kinds: readonly ActorKind[];
  readonly store: Store;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly meter: Meter;
  readonly limits: RuntimeLimits;
  readonly failures?: FailureListener;
}

export class Registry {
  readonly #parts: RegistryParts;
  readonly #store: ClosableStore;
  readonly #kinds: ReadonlyMap<string, ActorKind>;
  readonly #residents = new Map<ActorId, Resident>();
  readonly #host: ActivationHost;
  readonly #commits: CommitGroup;
  readonly #supervision: Supervision;
  readonly #timers: TimerService;
  readonly #outbox: OutboxSender;
  readonly #collector: IdleCollector;
  readonly #gate: RecoveryGate;
  readonly #lease: Lease;
  readonly #arrivals = new Arrivals();
  #draining = false;
  #drained: Promise<DrainReport> | null = null;
  #emptied: () => void = () => {};

  constructor(parts: RegistryParts) {
    const { node, clock, meter, limits } = parts;
    const store = closableStore(parts.store);
    this.#store = store;
    this.#parts = parts;
    this.#kinds = new Map(parts.kinds.map((kind) => [kind.name, kind]));
    const letters = { deadLetters: store.deadLetters, clock, meter, limits };
    this.#supervision = new Supervision(letters, parts.failures ?? null);
    this.#commits = new CommitGroup({ journal: store.journal, clock, meter, limits });
    this.#gate = new RecoveryGate(limits.recoveriesMax, limits.recoveriesWaitingMax);
    const send = (to: ActorId, command: unknown, commandId: string, origin: Origin) =>
      this.#send(to, command, commandId, origin);
    const place = { node, clock, meter, limits, supervision: this.#supervision, send };
    this.#timers = new TimerService({ ...place, timers: store.timers });
    this.#outbox = new OutboxSender({ ...place, outbox: store.outbox });
    this.#collector = new IdleCollector(() => this.#residents.values(), { clock, meter, limits });
    this.#lease = new Lease({ node, ownership: store.ownership, clock, meter, limits }, {
      leaseLost: () => this.#leaseLost(),
      leaseLive: () => this.#wakeAll(),
      leaseTroubled: (reason) => this.#supervision.failed(null, "lease", reason),
    });
    this.#host = this.#hostOf(new SnapshotWriter({ snapshots: store.snapshots, clock, meter, limits }));
  }

  /** Takes the node's lease and starts timers, outbox and idle collection. Rejects as the store does. */
  async start(): Promise<void> {
    await this.#lease.start();
    this.#timers.start();
    this.#outbox.start();
    this.#collector.start();
  }

  /** Sends a command; resolves once it has committed, or with why it was not decided. Never rejects. */
  tell<C>(
    to: Address<C>,
    command: C,
    from: { readonly commandId: string; readonly origin: Origin },
  ): Promise<Reply> {
    const { commandId, origin } = from;
    if (this.#draining) return Promise.resolve(this.#refuse(drainingRefusal(this.#parts.limits)));
    if (origin.kind === "client" && isRuntimeCommandId(commandId)) {
      const message = "command ids that start with out:, timer: or effect: are the engine's own";
      return Promise.resolve({ kind: "rejected", code: "bad_command_id", message, detail: null });
    }
    return this.#send(to, command, commandId, origin);
  }

  /** Joins `watcher` to the actor's audience of `principal`; broadcasts follow after the outcome. Never rejects. */
  async watch(
    to: ActorId,
    principal: Principal,
    resume: ResumePoint | null,
    watcher: Watcher,
  ): Promise<WatchOutcome> {
    const stays = this.#arrivals.come(to, watcher);
    const unborn = await this.#readUnborn(to, principal);
    if (!stays()) return this.#refuse(refusal("restarting", "the watcher has left", this.#parts.limits.backoffMsMin));
    if (unborn?.kind === "forbidden") return unborn;
    const found = this.#find(to);
    return found.kind === "refused" ? found : await found.resident.watch(principal, resume, watcher);
  }

  unwatch(to: ActorId, watcher: Watcher): void {
    this.#arrivals.leave(to, watcher);
    this.#residents.get(to)?.unwatch(watcher);
  }

  /** The committed state as the audience of `principal` may see it. Never rejects. */
  async read(to: ActorId, principal: Principal): Promise<ReadOutcome> {
    const unborn = await this.#readUnborn(to, principal);
    if (unborn !== null) return unborn;
    const found = this.#find(to);
    return found.kind === "refused" ? found : await found.resident.read(principal);
  }

  stats(): RegistryStats {
    return {
      ...censusOf(this.#residents.values()),
      commitsWaiting: this.#commits.size,
      recoveriesWaiting: this.#gate.waiting,
      timersInMemory: this.#timers.size,
      messagesInMemory: this.#outbox.size,
      estimatedBytes: this.#collector.bytes,
      restarts: this.#supervision.restarts,
      deadLetters: this.#supervision.deadLetters,
      leaseLive: this.#lease.isLive(this.#parts.clock.nowMs()),
      draining: this.#draining,
    };
  }

  /** What failed lately, newest first, at most `limit`. */
  supervision(limit: number): readonly Failure[] {
    return this.#supervision.recent(limit);
  }

  /**
   * Refuses new work, lets every actor finish and save its state, tells the watchers, and ends the lease; takes at
   * most `deadlineMs` milliseconds, after which what is left is stopped where it is, and `LEASE_END_MS_MIN` more.
   */
  drain(deadlineMs: number): Promise<DrainReport> {
    return this.#drained ??= this.#drain(deadlineMs);
  }

  async #drain(deadlineMs: number): Promise<DrainReport> {
    this.#draining = true;
    this.#timers.stop();
    this.#outbox.stop();
    this.#collector.stop();
    const emptied = new Promise<void>((resolve) => this.#emptied = resolve);
    const saved = () => this.#host.snapshots.settled();
    const report = await drainResidents(this.#residents, { emptied, saved }, deadlineMs, this.#parts.clock);
    try {
      await this.#lease.end(Math.max(LEASE_END_MS_MIN, deadlineMs - report.tookMs));
      return { ...report, leaseEnded: true };
    } catch (thrown) {
      // It runs out by itself; other nodes have to wait that long.
      this.#supervision.failed(null, "lease", reasonOf(thrown));
      return { ...report, leaseEnded: false };
    } finally {
      this.#store.close();
    }
  }

  #send(to: ActorId, command: unknown, commandId: string, origin: Origin): Promise<Reply> {
    return new Promise((resolve) => this.#receive(to, { commandId, origin, command, resolve }));
  }

  #receive(to: ActorId, incoming: Incoming): void {
    const found = this.#find(to);
    if (found.kind === "refused") incoming.resolve(found);
    else found.resident.receive(incoming);
  }

  /** L1: a look at an actor that never was makes none; null where there is one, or none may be looked at now. */
  async #readUnborn(id: ActorId, principal: Principal): Promise<ReadOutcome | null> {
    const kind = this.#kinds.get(kindOf(id));
    if (kind === undefined || this.#draining || this.#residents.has(id)) return null;
    const outcome = await readIfUnborn(kind, id, principal, this.#host);
    return this.#residents.has(id) ? null : outcome;
  }

  /** The actor in memory, put there if need be. */
  #find(id: ActorId): { readonly kind: "found"; readonly resident: Resident } | Refused {
    const { limits, clock, meter } = this.#parts;
    if (this.#draining) return this.#refuse(drainingRefusal(limits));
    if (!this.#lease.isLive(clock.nowMs())) {
      return this.#refuse(refusal("restarting", "the node has lost touch with its store", limits.backoffMsMin));
    }
    const known = this.#residents.get(id);
    if (known !== undefined) return { kind: "found", resident: known };
    const kind = this.#kinds.get(kindOf(id));
    if (kind === undefined) return this.#refuse(refusal("unknown_kind", `no such kind: ${id}`, limits.backoffMsMax));
    if (this.#residents.size >= limits.activationsMax) {
      this.#collector.makeRoom();
      return this.#refuse(refusal("mailbox_full", "too many actors are in memory", limits.backoffMsMin));
    }
    meter.count(METER.activations);
    return this.#open(kind, id);
  }

  #open(kind: ActorKind, id: ActorId): { readonly kind: "found"; readonly resident: Resident } | Refused {
    try {
      const resident = kind.open(id, this.#host);
      this.#residents.set(id, resident);
      return { kind: "found", resident };
    } catch (thrown) {
      this.#supervision.failed(id, "recovery", reasonOf(thrown));
      return this.#refuse(refusal("restarting", "the actor could not be made", this.#parts.limits.backoffMsMax));
    }
  }

  #refuse(refused: Refused): Refused {
    this.#parts.meter.count(METER.refusals);
    return refused;
  }

  #closed(resident: Resident): void {
    if (this.#residents.get(resident.id) === resident) this.#residents.delete(resident.id);
    if (this.#residents.size === 0) this.#emptied();
  }

  #leaseLost(): void {
    this.#supervision.failed(null, "lease", "the lease had ended before it was renewed");
    for (const resident of [...this.#residents.values()]) resident.leaseLost();
  }

  #wakeAll(): void {
    for (const resident of [...this.#residents.values()]) resident.wake();
  }

  #hostOf(snapshots: SnapshotWriter): ActivationHost {
    const { node, clock, chance, meter, limits } = this.#parts;
    return {
      node,
      store: this.#store,
      clock,
      chance,
      meter,
      limits,
      snapshots,
      commits: this.#commits,
      supervision: this.#supervision,
      timers: this.#timers,
      outbox: this.#outbox,
      isLeaseLive: (nowMs) => this.#lease.isLive(nowMs),
      inTurn: (work) => this.#gate.inTurn(work),
      closed: (resident) => this.#closed(resident),
    };
  }
}

function drainingRefusal(limits: RuntimeLimits): Refused {
  return refusal("draining", "the node is shutting down; come back", limits.backoffMsMin);
}
