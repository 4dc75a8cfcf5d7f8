/** A debate driven by hand: what it is told, what it records, and its clock. */
import assert from "node:assert/strict";
import { readDebateMotions } from "../../../src/boot/debate_motions.ts";
import type { Decision, Message, Origin } from "../../../src/domain/decision.ts";
import { decide } from "../../../src/domain/debate/decide.ts";
import { evolve } from "../../../src/domain/debate/evolve.ts";
import {
  debateAddress,
  type DebateCommand,
  type DebateEffect,
  type DebateEvent,
} from "../../../src/domain/debate/messages.ts";
import type { Motion } from "../../../src/domain/debate/motion.ts";
import type { DebatePlan } from "../../../src/domain/debate/plan.ts";
import type { DebateState, OpenedDebate } from "../../../src/domain/debate/state.ts";
import type { Role } from "../../../src/domain/principal.ts";

export const MOTIONS = await readDebateMotions();

export function motionNamed(id: string): Motion {
  const motion = MOTIONS.find((one) => one.id === id);
  assert.ok(motion, id);
  return motion;
}

/** Ada for, Ben against, led by the teacher Tess. */
export const PLAN: DebatePlan = {
  motion: motionNamed("later-school-start"),
  classId: "class-7b",
  speakers: { for: ["ada"], against: ["ben"] },
  aiSide: null,
  rebuttalRounds: 1,
  turnMs: { opening: 60_000, rebuttal: 60_000, closing: 30_000 },
  statementsATurn: 3,
  hosts: ["tess"],
  spectators: ["cat"],
};

/** Ada for, the AI against. */
export const AI_PLAN: DebatePlan = { ...PLAN, speakers: { for: ["ada"], against: [] }, aiSide: "against" };

const ROLES: { readonly [userId: string]: Role } = { tess: "teacher", otto: "teacher", root: "admin" };

export function as(userId: string): Origin {
  return { kind: "client", principal: { userId, role: ROLES[userId] ?? "student" } };
}

export class DebateRun {
  state: DebateState = { status: "not_opened", debateId: "d1" };
  nowMs = 1_000_000;
  readonly journal: DebateEvent[] = [];
  readonly messages: Message[] = [];
  effects: readonly DebateEffect[] = [];
  dueMs: number | null = null;
  #clock: unknown = null;

  get debate(): OpenedDebate {
    assert.equal(this.state.status, "opened");
    return this.state as OpenedDebate;
  }

  send(command: DebateCommand, origin: Origin): Decision<DebateState, DebateEvent, DebateEffect> {
    const seq = this.journal.length;
    const { nowMs } = this;
    const decision = decide(this.state, command, {
      actor: debateAddress("d1"),
      seq,
      nowMs,
      seed: 1,
      commandId: `c${seq}`,
      origin,
    });
    if (decision.kind !== "accepted") return decision;
    for (const event of decision.events) {
      this.journal.push(event);
      this.state = evolve(this.state, event, { seq: this.journal.length, atMs: nowMs });
    }
    this.messages.push(...decision.messages);
    this.effects = decision.effects;
    for (const timer of decision.timers) {
      this.dueMs = timer.kind === "set" ? timer.dueMs : null;
      this.#clock = timer.kind === "set" ? timer.command : null;
    }
    return decision;
  }

  done(command: DebateCommand, origin: Origin): void {
    const decision = this.send(command, origin);
    assert.equal(decision.kind, "accepted", JSON.stringify(decision));
  }

  refused(command: DebateCommand, origin: Origin): string {
    const decision = this.send(command, origin);
    assert.equal(decision.kind, "rejected", JSON.stringify(decision));
    return decision.kind === "rejected" ? decision.code : "";
  }

  says(userId: string, kind: "claim" | "support" | "rebuttal" | "evidence", target: number | null, text: string): void {
    this.done({ type: "state", kind, target, text, source: null }, as(userId));
  }

  /** The clock's own time comes, and its deadline is told. */
  timeIsUp(): void {
    assert.ok(this.dueMs !== null, "no clock runs");
    const dueMs = this.dueMs;
    this.nowMs = Math.max(this.nowMs, dueMs);
    this.done(this.#clock as DebateCommand, { kind: "timer", name: "turn", dueMs });
  }

  /** The AI's words come without any model. */
  aiSpeaks(texts: readonly (string | null)[] = []): void {
    const [effect] = this.effects;
    assert.ok(effect?.kind === "word_statements", "no words are asked for");
    this.done({ type: "statements_worded", turn: effect.turn, texts }, { kind: "effect", basisSeq: 0 });
  }

  static started(plan: DebatePlan = PLAN): DebateRun {
    const run = new DebateRun();
    run.done({ type: "open_debate", plan }, as("tess"));
    run.done({ type: "start" }, as("tess"));
    return run;
  }
}
