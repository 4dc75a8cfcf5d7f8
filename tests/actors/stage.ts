/** A node on a store in memory and a clock that the test moves. */
import { type ActorKind, defineKind } from "../../src/actors/actor_kind.ts";
import type { Broadcast, Reply, Watcher } from "../../src/actors/envelope.ts";
import {
  DEFAULT_KIND_LIMITS,
  DEFAULT_RUNTIME_LIMITS,
  type KindLimits,
  type RuntimeLimits,
} from "../../src/actors/limits.ts";
import type { AppendOutcome, Clock, EffectRunner, Meter, Store, TurnRecord } from "../../src/actors/ports.ts";
import { Registry } from "../../src/actors/registry.ts";
import type { FailureListener } from "../../src/actors/supervision.ts";
import type { Address } from "../../src/domain/address.ts";
import type { Principal } from "../../src/domain/principal.ts";
import { MemoryStore } from "../simulation/memory_store.ts";
import { SeededChance } from "../simulation/seeded_chance.ts";
import { VirtualTime } from "../simulation/virtual_time.ts";
import { answerYes, NOTEBOOK, type NotebookCommand, type Question } from "./notebook.ts";

export const STUDENT: Principal = { userId: "student", role: "student" };
export const TEACHER: Principal = { userId: "teacher", role: "teacher" };
export const STRANGER: Principal = { userId: "stranger", role: "student" };

export class StoreFaultError extends Error {
  override readonly name = "StoreFaultError";
}

/** How the next appends go: stored and answered, held until released, failed before storing, or after. */
export type AppendMood = "commit" | "hold" | "fail_before" | "fail_after";

/** A journal door that the test opens and shuts. */
export class AppendDoor {
  mood: AppendMood = "commit";
  /** Sizes of the batches that came, in turns. */
  readonly batches: number[] = [];
  #held: (() => void)[] = [];
  readonly #append: (records: readonly TurnRecord[]) => Promise<readonly AppendOutcome[]>;

  constructor(append: (records: readonly TurnRecord[]) => Promise<readonly AppendOutcome[]>) {
    this.#append = append;
  }

  async append(records: readonly TurnRecord[]): Promise<readonly AppendOutcome[]> {
    this.batches.push(records.length);
    const { mood } = this;
    if (mood === "hold") await new Promise<void>((release) => this.#held.push(release));
    if (mood === "fail_before") throw new StoreFaultError("nothing was stored");
    const outcomes = await this.#append(records);
    if (mood === "fail_after") throw new StoreFaultError("stored, but nobody was told");
    return outcomes;
  }

  /** Lets everything that is held be stored. */
  release(): void {
    this.mood = "commit";
    const held = this.#held;
    this.#held = [];
    for (const release of held) release();
  }
}

export interface NodeParts {
  readonly node?: string;
  readonly kind?: Partial<KindLimits>;
  readonly runtime?: Partial<RuntimeLimits>;
  readonly failures?: FailureListener;
}

export class Stage {
  readonly time = new VirtualTime();
  readonly memory = new MemoryStore(() => this.time.nowMs());
  readonly journal = new AppendDoor((records) => this.memory.journal.append(records));
  readonly store: Store = {
    ...this.memory,
    journal: { append: (r) => this.journal.append(r), read: this.memory.journal.read },
  };
  readonly counts = new Map<string, number>();
  readonly clock: Clock = { nowMs: () => this.time.nowMs(), after: (ms, action) => this.time.in(ms, action) };
  aggregate = NOTEBOOK;
  runEffect: EffectRunner<Question, NotebookCommand> = answerYes;
  #ids = 0;

  kind(limits: Partial<KindLimits> = {}): ActorKind {
    const run: EffectRunner<Question, NotebookCommand> = (effect, actor, signal) =>
      this.runEffect(effect, actor, signal);
    return defineKind(this.aggregate, run, { ...DEFAULT_KIND_LIMITS, ...limits });
  }

  get meter(): Meter {
    const { counts } = this;
    return { count: (name, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by), observe: () => {} };
  }

  /** A node that has not been started. */
  node({ node = "east", kind = {}, runtime = {}, failures }: NodeParts = {}): Registry {
    return new Registry({
      node,
      kinds: [this.kind(kind)],
      store: this.store,
      clock: this.clock,
      chance: new SeededChance(1),
      meter: this.meter,
      limits: { ...DEFAULT_RUNTIME_LIMITS, ...runtime },
      ...failures === undefined ? {} : { failures },
    });
  }

  async started(parts: NodeParts = {}): Promise<Registry> {
    const node = this.node(parts);
    await node.start();
    return node;
  }

  /** Lets `ms` milliseconds pass, and everything that happens in them; what needs no time happens first. */
  async pass(ms: number): Promise<void> {
    await this.#reach(0);
    if (ms > 0) await this.#reach(ms);
  }

  async #reach(ms: number): Promise<void> {
    let reached = false;
    this.time.in(ms, () => reached = true);
    while (!reached) await this.time.step();
  }

  /** What comes of `work` when time passes as it must, at most `limitMs`. */
  async until<T>(work: Promise<T>, limitMs = 60_000): Promise<T> {
    let settled = false;
    const done = work.finally(() => settled = true);
    const lateMs = this.time.nowMs() + limitMs;
    // Small steps first, so that what needs no time takes none.
    for (let stepMs = 0; !settled && this.time.nowMs() < lateMs; stepMs = Math.min(stepMs * 2 + 1, 50)) {
      await this.pass(stepMs);
    }
    if (!settled) throw new StoreFaultError(`nothing came of it in ${limitMs} ms`);
    return await done;
  }

  /** Sends as a client, without letting time pass. */
  send(node: Registry, to: Address<NotebookCommand>, command: NotebookCommand, commandId?: string): Promise<Reply> {
    const origin = { kind: "client", principal: STUDENT } as const;
    return node.tell(to, command, { commandId: commandId ?? `c${++this.#ids}`, origin });
  }

  /** Sends as a client and lets time pass until the answer. */
  tell(node: Registry, to: Address<NotebookCommand>, command: NotebookCommand, commandId?: string): Promise<Reply> {
    return this.until(this.send(node, to, command, commandId));
  }

  /** Texts in the journal, in order. */
  texts(actor: Address<NotebookCommand>): string[] {
    return this.memory.tables.read(actor, 0, 1_000).map(({ body }) => {
      const { type, text, question, name } = body as { type: string; text?: string; question?: string; name?: string };
      return text ?? `${type} ${question ?? name}`;
    });
  }
}

/** Writes down what it is told. */
export class Diary implements Watcher {
  readonly heard: Broadcast[] = [];
  readonly lostReasons: string[] = [];

  deliver(broadcast: Broadcast): void {
    this.heard.push(broadcast);
  }

  lost(reason: string): void {
    this.lostReasons.push(reason);
  }

  get seqs(): number[] {
    return this.heard.map(({ seq }) => seq);
  }
}

export function codeOf(reply: Reply): string {
  return reply.kind === "done" ? "done" : reply.code;
}
