/** One lesson's server over virtual time: a node that is killed and started again, and the edge before it. */
import type { ReadOutcome, Reply, Watcher } from "../../../src/actors/envelope.ts";
import { defineKind } from "../../../src/actors/actor_kind.ts";
import { DEFAULT_KIND_LIMITS, DEFAULT_RUNTIME_LIMITS } from "../../../src/actors/limits.ts";
import { Registry } from "../../../src/actors/registry.ts";
import { classroom } from "../../../src/domain/classroom/aggregate.ts";
import { classroomAddress } from "../../../src/domain/classroom/messages.ts";
import type { ActorId, Address } from "../../../src/domain/address.ts";
import type { ClientConnection } from "../../../src/domain/decision.ts";
import { createLearner } from "../../../src/domain/learner/aggregate.ts";
import type { Principal } from "../../../src/domain/principal.ts";
import { room } from "../../../src/domain/room/aggregate.ts";
import { createClassroomEffects } from "../../../src/effects/classroom_effects.ts";
import { createRoomEffects } from "../../../src/effects/room_effects.ts";
import { AttendanceTeller } from "../../../src/http/socket/attendance.ts";
import { DEFAULT_SOCKET_LIMITS } from "../../../src/http/socket/limits.ts";
import { SMALL_COURSE } from "../../domain/session/small_course.ts";
import { MemoryTables } from "../memory_store.ts";
import type { SeededChance } from "../seeded_chance.ts";
import { SimulatedProcess } from "../simulated_process.ts";
import { VirtualTime } from "../virtual_time.ts";
import { slowStore } from "./slow_store.ts";

export const LESSON = classroomAddress("l1");

/** Short, so that a node that was killed is soon followed by another. */
const LEASE_MS = 900;

interface Node {
  readonly process: SimulatedProcess;
  readonly registry: Registry;
  readonly attendance: AttendanceTeller;
  /** Whether each connection of a person is heard. */
  readonly devices: Map<string, Map<string, boolean>>;
  ready: boolean;
}

/** What a school's edge may be made to leave out, to see that the judge finds it. */
export type Untold = "nothing" | "silence" | "connections";

export class School {
  readonly time = new VirtualTime();
  readonly tables = new MemoryTables(() => this.time.nowMs());
  readonly #chance: SeededChance;
  readonly #latencyMs: number;
  #node: Node | null = null;
  #nodes = 0;
  /** When nodes were killed. */
  readonly killsAtMs: number[] = [];
  /** Told that a node has died, with all sockets on it. */
  readonly died = new Set<() => void>();

  readonly #untold: Untold;

  constructor(chance: SeededChance, untold: Untold) {
    this.#chance = chance;
    this.#untold = untold;
    this.#latencyMs = chance.pick([0.5, 3, 20]);
  }

  get isUp(): boolean {
    return this.#node?.ready === true;
  }

  start(): void {
    const { time, tables } = this;
    const name = `node-${++this.#nodes}`;
    const process = new SimulatedProcess(time, "seat", name, 0);
    const store = slowStore({ time, process, tables, chance: this.#chance.fork(), latencyMs: this.#latencyMs });
    const limits = {
      ...DEFAULT_KIND_LIMITS,
      snapshotEveryEvents: this.#chance.pick([1, 5, 200]),
      recentCommandsMax: 1_024,
    };
    const sources = {
      courseById: () => Promise.resolve({ course: SMALL_COURSE, version: 1 }),
      statisticsOf: () => Promise.resolve(null),
      readLearner: () => Promise.resolve(null),
      nowMs: process.clock.nowMs,
    };
    const registry = new Registry({
      node: name,
      kinds: [
        defineKind(classroom, createClassroomEffects(sources), limits),
        defineKind(room, createRoomEffects({ ...sources, askedOf: () => Promise.resolve([]) }), limits),
        defineKind(createLearner([]), () => Promise.reject(new Deno.errors.NotSupported("learners ask nothing here"))),
      ],
      store,
      clock: process.clock,
      chance: this.#chance.fork(),
      meter: { count() {}, observe() {} },
      limits: { ...DEFAULT_RUNTIME_LIMITS, leaseMs: LEASE_MS, outboxScanMs: 300, timerWindowMs: 5_000 },
    });
    const attendance = new AttendanceTeller(registry, process.clock, DEFAULT_SOCKET_LIMITS.presenceWaitMs);
    const node = { process, registry, attendance, devices: new Map(), ready: false };
    this.#node = node;
    process.enter(() => void registry.start().then(() => node.ready = true));
  }

  /** The process is gone; another takes its place after `downMs`. */
  kill(downMs: number): void {
    if (this.#node === null) return;
    this.#node.process.kill();
    this.#node = null;
    this.killsAtMs.push(this.time.nowMs());
    for (const tell of this.died) tell();
    this.time.in(downMs, () => this.start());
  }

  /** Sends to the node that is up now; false when there is none. `answered` is never called when it dies first. */
  tell<Command>(
    to: Address<Command>,
    command: Command,
    from: { readonly principal: Principal; readonly commandId: string; readonly connection?: ClientConnection },
    answered: (reply: Reply) => void,
  ): boolean {
    const node = this.#node;
    if (node === null || !node.ready) return false;
    node.process.enter(() => {
      const { commandId, principal, connection } = from;
      const by = connection === undefined || this.#untold === "connections" ? { principal } : { principal, connection };
      void node.registry.tell(to, command, { commandId, origin: { kind: "client", ...by } }).then(answered);
    });
    return true;
  }

  /** What the edge sees of a person's device; it tells the lesson, and what it knows is lost with the node. */
  attend(userId: string, connectionId: string, as: "heard" | "silent" | "gone"): void {
    const node = this.#node;
    if (node === null || !node.ready) return;
    const devices = node.devices.get(userId) ?? new Map<string, boolean>();
    node.devices.set(userId, devices);
    // Of a connection to a node that has died this one knows nothing.
    if (as !== "heard" && !devices.has(connectionId)) return;
    if (as === "gone") devices.delete(connectionId);
    else devices.set(connectionId, as === "heard" || this.#untold === "silence");
    const told = [...devices].map(([id, isHeard]) => ({ id, isHeard }));
    node.process.enter(() => node.attendance.changed(LESSON, userId, told));
  }

  /** Watches from the beginning; null when no node is up. */
  async watch(principal: Principal, watcher: Watcher): Promise<unknown> {
    const node = this.#node;
    if (node === null || !node.ready) return null;
    const outcome = await this.#unlessItDies(node.registry.watch(LESSON, principal, null, watcher));
    return outcome?.kind === "reset" ? outcome.state : null;
  }

  async read(actor: ActorId, principal: Principal): Promise<ReadOutcome | null> {
    const node = this.#node;
    return node === null || !node.ready ? null : await this.#unlessItDies(node.registry.read(actor, principal));
  }

  /** What the node answers, or null when it dies first: a dead node answers nobody. */
  async #unlessItDies<T>(answer: Promise<T>): Promise<T | null> {
    const dead = Promise.withResolvers<null>();
    const tell = () => dead.resolve(null);
    this.died.add(tell);
    return await Promise.race([answer, dead.promise]).finally(() => this.died.delete(tell));
  }
}
