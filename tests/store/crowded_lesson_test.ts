/** A class of 130 on the real runtime and a real database: all answer within a second, the host dies, scores are right. */
import assert from "node:assert/strict";
import { defineKind } from "../../src/actors/actor_kind.ts";
import { type ClosableStore, closableStore } from "../../src/actors/closable_store.ts";
import type { Broadcast, Reply } from "../../src/actors/envelope.ts";
import { DEFAULT_KIND_LIMITS, DEFAULT_RUNTIME_LIMITS } from "../../src/actors/limits.ts";
import type { Clock, Store } from "../../src/actors/ports.ts";
import { Registry } from "../../src/actors/registry.ts";
import { systemChance, systemClock } from "../../src/boot/system_ports.ts";
import { classroom } from "../../src/domain/classroom/aggregate.ts";
import { classroomAddress, type ClassroomCommand } from "../../src/domain/classroom/messages.ts";
import { ENGINE } from "../../src/domain/engine.ts";
import { createLearner } from "../../src/domain/learner/aggregate.ts";
import { learnerFromView } from "../../src/domain/learner/knowledge.ts";
import { learnerAddress } from "../../src/domain/learner/messages.ts";
import type { Principal } from "../../src/domain/principal.ts";
import { createClassroomEffects } from "../../src/effects/classroom_effects.ts";
import { entry, PLAN, RIGHT, WRONG } from "../domain/classroom/lesson_run.ts";
import { SMALL_COURSE } from "../domain/session/small_course.ts";
import { DATABASES } from "./contract/subject.ts";

const STUDENTS = 130;
const QUESTIONS = 3;
const WITHIN_MS = 1_000;
const LEASE_MS = 60_000;
const TEACHER: Principal = { userId: "tess", role: "teacher" };
const LESSON = classroomAddress("crowd");

const ids = Array.from({ length: STUDENTS }, (_, i) => `s${i}`);

/** Each learner's mix of right and wrong answers is their own. */
function isRight(student: number, question: number): boolean {
  return (student >> question) % 2 === 0;
}

interface Host {
  readonly registry: Registry;
  readonly store: ClosableStore;
  alive: boolean;
}

class CrowdedLesson {
  readonly #store: Store;
  #host: Host | null = null;
  #hosts = 0;
  /** Of the teacher. */
  readonly heard: Broadcast[] = [];
  #listeners: (() => void)[] = [];

  constructor(store: Store) {
    this.#store = store;
  }

  async start(): Promise<void> {
    const store = closableStore(this.#store);
    const clock: Clock = {
      nowMs: systemClock.nowMs,
      after: (ms, action) => systemClock.after(ms, () => host.alive && action()),
    };
    const sources = {
      courseById: () => Promise.resolve({ course: SMALL_COURSE, version: 1 }),
      statisticsOf: () => Promise.resolve(null),
      readLearner: () => Promise.resolve(null),
      nowMs: clock.nowMs,
    };
    // As if the time of the one that died had run out: a busy machine needs a longer one than a test can wait for.
    if (this.#hosts > 0) await this.#store.ownership.endLease(`host-${this.#hosts}`);
    const registry = new Registry({
      node: `host-${++this.#hosts}`,
      kinds: [
        defineKind(classroom, createClassroomEffects(sources), {
          ...DEFAULT_KIND_LIMITS,
          mailboxMax: 2_048,
          recentCommandsMax: 2_048,
        }),
        defineKind(createLearner([]), () => Promise.reject(new Deno.errors.NotSupported("learners ask nothing here"))),
      ],
      store,
      clock,
      chance: systemChance,
      meter: { count() {}, observe() {} },
      limits: { ...DEFAULT_RUNTIME_LIMITS, leaseMs: LEASE_MS, outboxScanMs: 500 },
    });
    const host: Host = { registry, store, alive: true };
    this.#host = host;
    await registry.start();
    const watcher = {
      deliver: (broadcast: Broadcast) => {
        this.heard.push(broadcast);
        for (const listener of this.#listeners.splice(0)) listener();
      },
      lost: () => {},
    };
    await this.retried(() => registry.watch(LESSON, TEACHER, null, watcher), ({ kind }) => kind !== "refused");
  }

  /** From one moment to the next nothing of the host runs any more, and none of its calls reaches the database. */
  kill(): void {
    if (this.#host === null) return;
    this.#host.alive = false;
    this.#host.store.close();
    this.#host = null;
  }

  async end(): Promise<void> {
    await this.#host?.registry.drain(5_000);
  }

  after(ms: number): Promise<void> {
    return new Promise((resolve) => void systemClock.after(ms, resolve));
  }

  /** Asks again while the runtime says that it cannot say yet. */
  async retried<T extends { readonly kind: string }>(
    ask: () => Promise<T>,
    isAnswer: (outcome: T) => boolean,
  ): Promise<T> {
    for (;;) {
      const outcome = await ask();
      if (isAnswer(outcome)) return outcome;
      await this.after(50);
    }
  }

  /** Sends until a host that is alive has answered; the id stays the same. */
  async tell(principal: Principal, command: ClassroomCommand, commandId: string): Promise<Reply> {
    for (;;) {
      const host = this.#host;
      if (host !== null) {
        const origin = { kind: "client", principal } as const;
        // A host that dies never answers.
        const gone = this.after(400).then(() => null);
        const asked = host.registry.tell(LESSON, command, { commandId, origin });
        const reply = await Promise.race([asked, gone.then(() => host.alive ? asked : null)]);
        if (host.alive && reply !== null && reply.kind !== "refused") return reply;
      }
      await this.after(50);
    }
  }

  async heardOf(type: string, times: number): Promise<void> {
    const count = () => this.heard.filter((one) => one.type === type).length;
    while (count() < times) await new Promise<void>((resolve) => void this.#listeners.push(resolve));
  }

  async read(actor: Parameters<Registry["read"]>[0], principal: Principal) {
    const { registry } = this.#host ?? assert.fail("no host");
    const outcome = await this.retried(() => registry.read(actor, principal), ({ kind }) => kind === "read");
    return outcome.kind === "read" ? outcome.state : null;
  }
}

async function wish(lesson: CrowdedLesson, command: ClassroomCommand, commandId: string): Promise<void> {
  const reply = await lesson.tell(TEACHER, command, commandId);
  assert.equal(reply.kind, "done", JSON.stringify(reply));
}

/** Everybody answers at their own moment within the second; every third sends twice, every fifth changes their mind. */
async function allAnswer(lesson: CrowdedLesson, question: number, number: number): Promise<void> {
  const send = (student: number, response: typeof RIGHT, commandId: string) => {
    const command = { type: "answer", question: number, round: null, response, answeredAtMs: Date.now() } as const;
    return lesson.tell({ userId: `s${student}`, role: "student" }, command, commandId);
  };
  await Promise.all(ids.map(async (_, student) => {
    await lesson.after(systemChance.next() % WITHIN_MS);
    const response = isRight(student, question) ? RIGHT : WRONG;
    const commandId = `a${question}-${student}`;
    const replies = [send(student, response, commandId)];
    if (student % 3 === 0) replies.push(send(student, response, commandId));
    const [first, again] = await Promise.all(replies);
    assert.equal(first?.kind, "done", JSON.stringify(first));
    if (again?.kind === "done" && first?.kind === "done") assert.deepEqual(again.body, first.body);
    if (student % 5 !== 0) return;
    const other = await send(student, isRight(student, question) ? WRONG : RIGHT, `${commandId}-b`);
    assert.equal(other.kind === "rejected" ? other.code : other.kind, "already_answered");
  }));
}

Deno.test(`[J5] [J7] [J9] ${STUDENTS} students answer within a second, ${QUESTIONS} times, the host dies: all scores right`, async () => {
  const [database] = DATABASES;
  assert.ok(database);
  const { store, close } = await database.open();
  const lesson = new CrowdedLesson(store.store);
  try {
    const roster = [entry("tess", { part: "teacher" }), ...ids.map((id) => entry(id))];
    await lesson.start();
    await wish(lesson, {
      type: "open_lesson",
      plan: { ...PLAN, mode: "teacher_paced", questionLimitMs: null, offlineMsMax: 0 },
      roster,
    }, "open");
    lesson.kill();
    await lesson.start();
    await wish(lesson, { type: "start", reason: null }, "start");
    await Promise.all(ids.map((userId) => lesson.tell({ userId, role: "student" }, { type: "enter" }, `e-${userId}`)));
    for (let question = 0; question < QUESTIONS; question++) {
      await wish(
        lesson,
        { type: "next", itemId: "n1", purpose: "question", limitMs: null, reason: null },
        `n${question}`,
      );
      await lesson.heardOf("question", question + 1);
      const opened = lesson.heard.findLast(({ type }) => type === "question");
      const answered = allAnswer(lesson, question, JSON.parse(JSON.stringify(opened?.data)).question);
      if (question === 1) {
        await lesson.after(WITHIN_MS / 2);
        lesson.kill();
        await lesson.start();
      }
      await answered;
      await wish(lesson, { type: "close_question", inMs: 0, reason: null }, `c${question}`);
      await lesson.heardOf("pens_down", question + 1);
      await wish(lesson, { type: "reveal", reason: null }, `r${question}`);
    }
    for (const [student, userId] of ids.entries()) {
      const right = Array.from({ length: QUESTIONS }, (_, question) =>
        isRight(student, question)).filter(Boolean).length;
      const view = JSON.parse(JSON.stringify(await lesson.read(LESSON, { userId, role: "student" })));
      assert.deepEqual([view.answered, view.correct, view.points], [QUESTIONS, right, right], userId);
    }
    for (const userId of ids) {
      const told = async () => learnerFromView(await lesson.read(learnerAddress(userId), ENGINE))?.answered ?? 0;
      while (await told() < QUESTIONS) await lesson.after(50);
      assert.equal(await told(), QUESTIONS);
    }
  } finally {
    await lesson.end();
    await close();
  }
});
