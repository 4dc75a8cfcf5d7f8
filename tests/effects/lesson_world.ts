/** Sessions and learners on the real runtime, over a store in memory and a clock that the test moves. */
import assert from "node:assert/strict";
import type { Broadcast, Reply } from "../../src/actors/envelope.ts";
import { DEFAULT_RUNTIME_LIMITS } from "../../src/actors/limits.ts";
import type { Clock } from "../../src/actors/ports.ts";
import { Registry } from "../../src/actors/registry.ts";
import { choiceSources } from "../../src/boot/choice_sources.ts";
import type { Content } from "../../src/boot/content.ts";
import { engineKinds } from "../../src/boot/engine_kinds.ts";
import { questParts } from "../../src/boot/quest_parts.ts";
import { tellFromEffects } from "../../src/boot/tell_from_effects.ts";
import type { LanguageModel } from "../../src/domain/llm/language_model.ts";
import type { AskModel } from "../../src/domain/adaptive/model_question.ts";
import type { Address } from "../../src/domain/address.ts";
import type { Course } from "../../src/domain/curriculum/course.ts";
import type { Principal } from "../../src/domain/principal.ts";
import type { learnerAddress } from "../../src/domain/learner/messages.ts";
import { sessionAddress, type SessionCommand } from "../../src/domain/session/messages.ts";
import { MemoryStore } from "../simulation/memory_store.ts";
import { SeededChance } from "../simulation/seeded_chance.ts";
import { VirtualTime } from "../simulation/virtual_time.ts";

const IS_EVERYBODY_TAUGHT = true;

export const ADA: Principal = { userId: "ada", role: "student" };

interface Process {
  readonly registry: Registry;
  kill(): void;
}

export class LessonWorld {
  readonly time = new VirtualTime();
  readonly store = new MemoryStore(() => this.time.nowMs());
  readonly heard: Broadcast[] = [];
  readonly #course: Course;
  #process: Process | null = null;
  readonly #askModel: AskModel | null;
  readonly #content: Content;
  /** None, unless a test puts one in its place before the start. */
  languageModel: LanguageModel | null = null;
  #commands = 0;

  constructor(course: Course, askModel: AskModel | null = null, content: Content = { badges: [], questTemplates: [] }) {
    this.#course = course;
    this.#askModel = askModel;
    this.#content = content;
  }

  get registry(): Registry {
    assert.ok(this.#process, "no process runs");
    return this.#process.registry;
  }

  /** Starts a process on the store, in place of one that has died. */
  async start(): Promise<void> {
    this.#process = this.#newProcess();
    await this.settled(this.registry.start());
  }

  /** The process is gone from one moment to the next: none of its timers ever fires. */
  kill(): void {
    this.#process?.kill();
    this.#process = null;
  }

  #newProcess(): Process {
    let alive = true;
    const clock: Clock = {
      nowMs: () => Math.floor(this.time.nowMs()),
      after: (ms, action) => this.time.in(ms, () => alive && action()),
    };
    const meter = { count() {}, observe() {} };
    const registry: Registry = new Registry({
      node: "only",
      kinds: engineKinds({
        sources: choiceSources({
          registry: () => registry,
          courseById: (id) => Promise.resolve(id === this.#course.id ? { course: this.#course, version: 1 } : null),
          askModel: this.#askModel,
          meter,
          nowMs: clock.nowMs,
        }),
        askModel: this.#askModel,
        badges: this.#content.badges,
        quests: questParts(() => registry, this.#content.questTemplates, {
          newestCourses: () => Promise.resolve([this.#course.id]),
          isTaught: () => Promise.resolve(IS_EVERYBODY_TAUGHT),
        }),
        askedOf: () => Promise.resolve([]),
        languageModel: this.languageModel,
        tell: tellFromEffects(() => registry),
      }),
      store: this.store,
      clock,
      chance: new SeededChance(7),
      meter,
      limits: DEFAULT_RUNTIME_LIMITS,
    });
    return { registry, kill: () => alive = false };
  }

  /** Lets the world go on until `promise` has settled. */
  async settled<T>(promise: Promise<T>): Promise<T> {
    let open = true;
    const watched = promise.finally(() => open = false);
    // An event of this instant comes first, so that promises run dry before time moves.
    this.time.in(0, () => {});
    while (open && await this.time.step());
    return await watched;
  }

  /** Lets the world go on until `holds`. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) assert.ok(await this.time.step(), "nothing is left to happen");
  }

  async tell(sessionId: string, command: SessionCommand, commandId = `c${this.#commands++}`): Promise<Reply> {
    const to: Address<SessionCommand> = sessionAddress(sessionId);
    return await this.settled(
      this.registry.tell(to, command, { commandId, origin: { kind: "client", principal: ADA } }),
    );
  }

  /** Hears the session's events from now on; gives the present state. */
  async watch(sessionId: string): Promise<void> {
    const watcher = { deliver: (broadcast: Broadcast) => void this.heard.push(broadcast), lost: () => {} };
    const outcome = await this.settled(this.registry.watch(sessionAddress(sessionId), ADA, null, watcher));
    assert.equal(outcome.kind, "reset");
  }

  async read(to: ReturnType<typeof learnerAddress> | ReturnType<typeof sessionAddress>) {
    const outcome = await this.settled(this.registry.read(to, ADA));
    assert.equal(outcome.kind, "read");
    return Object(outcome.kind === "read" ? outcome.state : null);
  }

  /** Waits until the session has an item open, and gives it as the learner sees it. */
  async openItem(sessionId: string) {
    for (;;) {
      const { current_item } = await this.read(sessionAddress(sessionId));
      if (current_item !== null) return current_item;
      assert.ok(await this.time.step(), "no item comes");
    }
  }
}
