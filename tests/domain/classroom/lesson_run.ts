/** Drives the lesson aggregate as the runtime would: numbers, clock, timers and effects, all in memory. */
import assert from "node:assert/strict";
import { classroom } from "../../../src/domain/classroom/aggregate.ts";
import type { ClassroomEvent } from "../../../src/domain/classroom/events.ts";
import {
  classroomAddress,
  type ClassroomCommand,
  type ClassroomEffect,
} from "../../../src/domain/classroom/messages.ts";
import type { LessonPlan } from "../../../src/domain/classroom/plan.ts";
import type { RosterEntry } from "../../../src/domain/classroom/roster.ts";
import type {
  Breakouts,
  ClassroomState,
  OpenedLesson,
  Question,
  Student,
} from "../../../src/domain/classroom/state.ts";
import type { Response } from "../../../src/domain/curriculum/rendered_item.ts";
import { renderItem } from "../../../src/domain/curriculum/render_item.ts";
import type { Message, Origin, TimerChange } from "../../../src/domain/decision.ts";
import { ENGINE, isEngine } from "../../../src/domain/engine.ts";
import { SECRET_NUMBER, SMALL_COURSE } from "../session/small_course.ts";

export const T0 = 1_760_000_000_000;

export const TESS: Origin = { kind: "client", principal: { userId: "tess", role: "teacher" } };
export const COTY: Origin = { kind: "client", principal: { userId: "coty", role: "teacher" } };
export const EVE: Origin = { kind: "client", principal: { userId: "eve", role: "student" } };
export const ENGINE_ORIGIN: Origin = { kind: "client", principal: ENGINE };

export function as(userId: string): Origin {
  return { kind: "client", principal: { userId, role: "student" } };
}

/** The connection of a person's device of this number. */
export function deviceId(userId: string, number: number): string {
  return `${userId}-${number}`;
}

/** The person on one of their devices, heard since then. */
export function on(userId: string, device: number, heardSinceMs: number): Origin {
  const connection = { id: deviceId(userId, device), heardSinceMs };
  return { kind: "client", principal: { userId, role: "student" }, connection };
}

export const PLAN: LessonPlan = {
  classId: "c1",
  courseId: "small",
  title: "Monday",
  mode: "mixed",
  admission: "open",
  questionLimitMs: 30_000,
  answersMayChange: false,
  offlineMsMax: 20_000,
  leaderboard: true,
};

export function entry(userId: string, change: Partial<RosterEntry> = {}): RosterEntry {
  return { userId, name: `Name ${userId}`, part: "student", timeMultiplier: 1, onLeaderboards: true, ...change };
}

export const ROSTER: readonly RosterEntry[] = [
  entry("tess", { part: "teacher" }),
  entry("coty", { part: "co_teacher" }),
  entry("ada"),
  entry("ben"),
  entry("cat"),
  entry("dot"),
];

/** What the key of item `n1` of the small course calls right, and what it does not. */
export const RIGHT: Response = { kind: "number", value: SECRET_NUMBER, unit: null };
export const WRONG: Response = { kind: "number", value: 12, unit: null };
export const OTHER_WRONG: Response = { kind: "number", value: "13", unit: null };

/** Rooms of two, by how the class answered. */
export const ROOMS = {
  type: "form_breakouts",
  how: "difference",
  size: 2,
  groups: [],
  seed: null,
  task: null,
  limitMs: null,
  reason: null,
} as const;

interface Recorded {
  readonly event: ClassroomEvent;
  readonly place: { readonly seq: number; readonly atMs: number };
}

export class LessonRun {
  state: ClassroomState = classroom.initial("l1");
  seq = 0;
  nowMs = T0;
  readonly journal: Recorded[] = [];
  readonly messages: Message[] = [];
  /** Since when each person's first device has been heard; who has none speaks by a new one. */
  readonly #heardSinceMs = new Map<string, number>();
  readonly timers = new Map<string, { readonly dueMs: number; readonly command: ClassroomCommand }>();

  send(command: ClassroomCommand, origin: Origin) {
    const decision = classroom.decide(this.state, command, {
      actor: classroomAddress("l1"),
      seq: this.seq,
      nowMs: this.nowMs,
      seed: 42,
      commandId: `c${this.seq}`,
      origin: this.#connected(origin),
    });
    if (decision.kind === "rejected") return decision;
    this.#setTimers(decision.timers);
    if (decision.kind === "noted") this.state = decision.state;
    if (decision.kind !== "accepted") return decision;
    for (const event of decision.events) {
      this.seq += 1;
      const place = { seq: this.seq, atMs: this.nowMs };
      this.state = classroom.evolve(this.state, event, place);
      this.journal.push({ event, place });
    }
    this.messages.push(...decision.messages);
    return decision;
  }

  /** What the edge knows of the device that speaks, unless the test says it. */
  #connected(origin: Origin): Origin {
    if (origin.kind !== "client" || isEngine(origin.principal) || origin.connection !== undefined) return origin;
    const { userId } = origin.principal;
    const heardSinceMs = this.#heardSinceMs.get(userId) ?? this.nowMs;
    return { ...origin, connection: { id: deviceId(userId, 1), heardSinceMs } };
  }

  #setTimers(changes: readonly TimerChange[]): void {
    for (const change of changes) {
      if (change.kind === "clear") this.timers.delete(change.name);
      else this.timers.set(change.name, { dueMs: change.dueMs, command: change.command as ClassroomCommand });
    }
  }

  /** Sends a command that must be accepted or noted. */
  done(command: ClassroomCommand, origin: Origin = TESS): void {
    const decision = this.send(command, origin);
    assert.notEqual(decision.kind, "rejected", JSON.stringify(decision));
  }

  /** Sends a command that must be refused, and gives the refusal's code. */
  refused(command: ClassroomCommand, origin: Origin = TESS): string {
    const decision = this.send(command, origin);
    assert.equal(decision.kind, "rejected", `${command.type} was ${decision.kind}`);
    return decision.kind === "rejected" ? decision.code : "";
  }

  /** Lets `ms` pass; timers fire when they are due. */
  pass(ms: number): void {
    const untilMs = this.nowMs + ms;
    for (;;) {
      const [next] = [...this.timers].filter(([, { dueMs }]) => dueMs <= untilMs).sort(([, a], [, b]) =>
        a.dueMs - b.dueMs
      );
      if (next === undefined) break;
      const [name, { dueMs, command }] = next;
      this.timers.delete(name);
      this.nowMs = Math.max(this.nowMs, dueMs);
      this.send(command, { kind: "timer", name, dueMs });
    }
    this.nowMs = untilMs;
  }

  get lesson(): OpenedLesson {
    assert.equal(this.state.status, "opened");
    return this.state as OpenedLesson;
  }

  get question(): Question {
    const { question } = this.lesson;
    assert.ok(question, "no question is before the class");
    return question;
  }

  get breakouts(): Breakouts {
    const { breakouts } = this.lesson;
    assert.ok(breakouts, "nobody was sent to a room");
    return breakouts;
  }

  student(userId: string): Student {
    const student = this.lesson.students[userId];
    assert.ok(student);
    return student;
  }

  effect<Kind extends ClassroomEffect["kind"]>(kind: Kind): Extract<ClassroomEffect, { kind: Kind }> {
    const found = classroom.pendingEffects(this.state).find((effect) => effect.kind === kind);
    assert.ok(found, `${kind} is not awaited`);
    return found as Extract<ClassroomEffect, { kind: Kind }>;
  }

  /** Brings the question that is awaited. */
  bring(itemId = "n1"): number {
    const { basisSeq, seed } = this.effect("render_question");
    const item = SMALL_COURSE.items.find(({ id }) => id === itemId);
    assert.ok(item);
    this.done({ type: "question_rendered", item: renderItem(item, seed) }, { kind: "effect", basisSeq });
    return this.question.number;
  }

  /** Asks item `n1` and brings it. */
  ask(purpose: "question" | "vote" = "question", limitMs: number | null = null): number {
    this.done({ type: "next", itemId: "n1", purpose, limitMs, reason: null });
    return this.bring();
  }

  answer(userId: string, response: Response = RIGHT, answeredAtMs: number = this.nowMs): void {
    this.done(this.answerOf(response, answeredAtMs), as(userId));
  }

  answerOf(response: Response, answeredAtMs: number): ClassroomCommand {
    return { type: "answer", question: this.question.number, round: this.question.round, response, answeredAtMs };
  }

  /** The person has so many devices now, all heard. */
  come(userId: string, devices = 1): void {
    this.attend(userId, Array.from({ length: devices }, (_, i) => i + 1));
  }

  /** The person's devices now, by number; those that are `silent` look connected alone. */
  attend(userId: string, devices: readonly number[], silent: readonly number[] = []): void {
    if (!devices.includes(1) || silent.includes(1)) this.#heardSinceMs.delete(userId);
    else if (!this.#heardSinceMs.has(userId)) this.#heardSinceMs.set(userId, this.nowMs);
    const told = devices.map((number) => ({ id: deviceId(userId, number), isHeard: !silent.includes(number) }));
    this.done({ type: "attendance", userId, devices: told }, ENGINE_ORIGIN);
  }

  /** What the process forgets when it dies. */
  restart(): void {
    this.#heardSinceMs.clear();
    this.state = classroom.durable === undefined ? this.state : classroom.durable(this.state);
  }

  types(): readonly string[] {
    return this.journal.map(({ event }) => event.type);
  }
}

/** A started lesson in which all four students are. */
export function started(change: Partial<LessonPlan> = {}, roster: readonly RosterEntry[] = ROSTER): LessonRun {
  const run = new LessonRun();
  run.done({ type: "open_lesson", plan: { ...PLAN, ...change }, roster });
  run.come("tess");
  for (const { userId, part } of roster) {
    if (part !== "student") continue;
    run.come(userId);
    run.done({ type: "enter" }, as(userId));
  }
  run.done({ type: "start", reason: null });
  run.pass(10_000);
  return run;
}
