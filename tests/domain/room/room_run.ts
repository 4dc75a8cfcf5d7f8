/** Drives the room aggregate as the runtime would: numbers, clock, timers and effects, all in memory. */
import assert from "node:assert/strict";
import { classroomAddress } from "../../../src/domain/classroom/messages.ts";
import type { Response } from "../../../src/domain/curriculum/rendered_item.ts";
import { renderItem } from "../../../src/domain/curriculum/render_item.ts";
import type { Message, Origin } from "../../../src/domain/decision.ts";
import { ENGINE } from "../../../src/domain/engine.ts";
import type { Role } from "../../../src/domain/principal.ts";
import { room } from "../../../src/domain/room/aggregate.ts";
import type { RoomEvent } from "../../../src/domain/room/events.ts";
import { roomAddress, type RoomCommand, type RoomEffect } from "../../../src/domain/room/messages.ts";
import type { RoomPerson, RoomPlan } from "../../../src/domain/room/plan.ts";
import type { OpenedRoom, RoomState } from "../../../src/domain/room/state.ts";
import type { Task, TaskMode } from "../../../src/domain/room/task.ts";
import { SECRET_NUMBER, SMALL_COURSE } from "../session/small_course.ts";

export const T0 = 1_760_000_000_000;

export const PLAN: RoomPlan = {
  title: "Twice and half",
  purpose: "study",
  classId: "c1",
  courseId: "small",
  skills: [],
  sizeMax: 4,
  admission: "class",
  roles: "rotating",
  turnMs: 60_000,
  lessonId: null,
};

/** What the key of item `n1` of the small course calls right, and what it does not. */
export const RIGHT: Response = { kind: "number", value: SECRET_NUMBER, unit: null };
export const WRONG: Response = { kind: "number", value: 12, unit: null };

const ROLES: { readonly [userId: string]: Role } = { tess: "teacher", root: "admin" };

export function as(userId: string): Origin {
  return { kind: "client", principal: { userId, role: ROLES[userId] ?? "student" } };
}

export const ENGINE_ORIGIN: Origin = { kind: "client", principal: ENGINE };

export function fromLesson(lessonId: string): Origin {
  return { kind: "actor", sender: classroomAddress(lessonId), seq: 1 };
}

export function person(userId: string): RoomPerson {
  return { userId, name: `Name ${userId}` };
}

interface Recorded {
  readonly event: RoomEvent;
  readonly place: { readonly seq: number; readonly atMs: number };
}

export class RoomRun {
  state: RoomState = room.initial("r1");
  seq = 0;
  nowMs = T0;
  readonly journal: Recorded[] = [];
  readonly messages: Message[] = [];
  effects: readonly RoomEffect[] = [];
  /** What is found when a task that closes is looked into. */
  found: "asked" | "free" = "free";
  readonly timers = new Map<string, { readonly dueMs: number; readonly command: RoomCommand }>();

  get room(): OpenedRoom {
    assert.equal(this.state.status, "opened");
    return this.state as OpenedRoom;
  }

  get task(): Task {
    assert.ok(this.room.task);
    return this.room.task;
  }

  /** As any member reads it. */
  get step() {
    return this.task.step;
  }

  send(command: RoomCommand, origin: Origin) {
    const decision = room.decide(this.state, command, {
      actor: roomAddress("r1"),
      seq: this.seq,
      nowMs: this.nowMs,
      seed: 42,
      commandId: `c${this.seq}`,
      origin,
    });
    if (decision.kind === "noted") this.state = decision.state;
    if (decision.kind !== "accepted") return decision;
    for (const event of decision.events) {
      const place = { seq: ++this.seq, atMs: this.nowMs };
      this.journal.push({ event, place });
      this.state = room.evolve(this.state, event, place);
    }
    this.messages.push(...decision.messages);
    if (decision.effects.length > 0) this.effects = decision.effects;
    for (const timer of decision.timers) {
      if (timer.kind === "clear") this.timers.delete(timer.name);
      else this.timers.set(timer.name, { dueMs: timer.dueMs, command: timer.command as RoomCommand });
    }
    const look = decision.effects.find((effect) => effect.kind === "look_into_task");
    if (look !== undefined) {
      const { task, basisSeq } = look;
      this.done({ type: "task_looked", task, found: this.found }, { kind: "effect", basisSeq });
    }
    return decision;
  }

  done(command: RoomCommand, origin: Origin): unknown {
    const decision = this.send(command, origin);
    assert.notEqual(decision.kind, "rejected", JSON.stringify(decision));
    return decision.kind === "rejected" ? null : decision.reply;
  }

  refused(command: RoomCommand, origin: Origin): string {
    const decision = this.send(command, origin);
    assert.equal(decision.kind, "rejected", JSON.stringify(decision));
    return decision.kind === "rejected" ? decision.code : "";
  }

  says(userId: string, text: string): number {
    return Number(Object(this.done({ type: "say", text }, as(userId))).message);
  }

  /** The clock goes on, and every timer that falls due on the way is told. */
  pass(ms: number): void {
    const untilMs = this.nowMs + ms;
    for (;;) {
      const due = [...this.timers].filter(([, { dueMs }]) => dueMs <= untilMs).sort((a, b) => a[1].dueMs - b[1].dueMs);
      const [next] = due;
      if (next === undefined) break;
      const [name, { dueMs, command }] = next;
      this.timers.delete(name);
      this.nowMs = Math.max(this.nowMs, dueMs);
      this.done(command, { kind: "timer", name, dueMs });
    }
    this.nowMs = untilMs;
  }

  /** The item that was asked for comes. */
  brings(itemId = "n1"): void {
    const item = SMALL_COURSE.items.find(({ id }) => id === itemId);
    assert.ok(item, itemId);
    this.done({ type: "task_rendered", item: renderItem(item, 7) }, { kind: "effect", basisSeq: this.seq });
  }

  starts(by: string, mode: TaskMode): void {
    this.done({ type: "start_task", itemId: "n1", mode }, as(by));
    this.brings();
  }

  view(userId: string) {
    const { principal } = as(userId) as Extract<Origin, { kind: "client" }>;
    const audience = room.audienceOf(this.state, principal);
    return audience === null ? null : Object(room.view(this.state, audience, this.nowMs));
  }

  /** Everything that this person was told, had they watched from the start as what they are now. */
  told(userId: string): readonly { readonly type: string; readonly data: unknown }[] {
    const { principal } = as(userId) as Extract<Origin, { kind: "client" }>;
    const audience = room.audienceOf(this.state, principal);
    if (audience === null) return [];
    return this.journal.flatMap(({ event }) => room.project(event, audience) ?? []);
  }

  /** The state as it comes out of the journal alone. */
  replayed(): RoomState {
    return this.journal.reduce((state, { event, place }) => room.evolve(state, event, place), room.initial("r1"));
  }

  static open(members: readonly string[] = ["ada", "ben", "cat"], change: Partial<RoomPlan> = {}): RoomRun {
    const run = new RoomRun();
    run.done({ type: "open_room", plan: { ...PLAN, ...change }, members: members.map(person) }, as("tess"));
    return run;
  }
}
