/** Drives the session aggregate as the runtime would: numbers, clock, timers and effects, all in memory. */
import assert from "node:assert/strict";
import type { EventPlace } from "../../../src/domain/aggregate.ts";
import type { Decision, Ephemeral, Message, Origin, TimerChange } from "../../../src/domain/decision.ts";
import { renderItem } from "../../../src/domain/curriculum/render_item.ts";
import { session } from "../../../src/domain/session/aggregate.ts";
import type {
  ChoiceEffect,
  ChoiceReceipt,
  SessionCommand,
  SessionEffect,
  SessionEvent,
  SessionPlan,
} from "../../../src/domain/session/messages.ts";
import { sessionAddress } from "../../../src/domain/session/messages.ts";
import type { OpenItem, SessionState } from "../../../src/domain/session/state.ts";
import { SMALL_COURSE } from "./small_course.ts";

export const LEARNER: Origin = { kind: "client", principal: { userId: "ada", role: "student" } };
export const STRANGER: Origin = { kind: "client", principal: { userId: "eve", role: "student" } };
export const TEACHER: Origin = { kind: "client", principal: { userId: "tess", role: "teacher" } };

export const PLAN: SessionPlan = {
  learnerId: "ada",
  courseId: "small",
  classId: null,
  topic: null,
  learningObjectives: ["add"],
  difficulty: null,
  targetItems: 3,
};

export interface Recorded {
  readonly event: SessionEvent;
  readonly place: EventPlace;
}

export function receiptFor(effect: ChoiceEffect): ChoiceReceipt {
  return {
    id: `${effect.sessionId}.${effect.basisSeq}`,
    policy: "adaptive",
    reason: "It comes next.",
    grounds: [],
    model: "test",
    prior: false,
    statisticsVersion: null,
    learnerSeq: null,
    courseVersion: null,
    chosenAtMs: null,
    sighting: null,
    targetProbability: effect.targetProbability,
    weights: {},
    temperature: 0.03,
    seed: effect.seed,
    considered: [{ itemId: "i", probability: 0.5, terms: {}, score: 1 }],
    propensity: 1,
    override: null,
  };
}

export class SessionRun {
  state: SessionState = session.initial("s1");
  seq = 0;
  nowMs = 1_760_000_000_000;
  readonly journal: Recorded[] = [];
  readonly messages: Message[] = [];
  readonly ephemerals: Ephemeral[] = [];
  readonly timers = new Map<string, { readonly dueMs: number; readonly command: unknown }>();
  /** Choices of an item. */
  effects: ChoiceEffect[] = [];

  send(command: SessionCommand, origin: Origin): Decision<SessionState, SessionEvent, SessionEffect> {
    const decision = session.decide(this.state, command, {
      actor: sessionAddress("s1"),
      seq: this.seq,
      nowMs: this.nowMs,
      seed: 42,
      commandId: `c${this.seq}`,
      origin,
    });
    if (decision.kind !== "rejected") this.ephemerals.push(...decision.ephemerals);
    if (decision.kind !== "rejected") this.#setTimers(decision.timers);
    if (decision.kind === "noted") this.state = decision.state;
    if (decision.kind !== "accepted") return decision;
    for (const event of decision.events) {
      this.seq += 1;
      const place = { seq: this.seq, atMs: this.nowMs };
      this.state = session.evolve(this.state, event, place);
      this.journal.push({ event, place });
    }
    this.messages.push(...decision.messages);
    this.effects.push(...decision.effects.filter((effect) => effect.kind !== "ask_tutor"));
    return decision;
  }

  #setTimers(changes: readonly TimerChange[]): void {
    for (const change of changes) {
      if (change.kind === "set") this.timers.set(change.name, { dueMs: change.dueMs, command: change.command });
      else this.timers.delete(change.name);
    }
  }

  /** Sends a command that must be accepted or noted, and gives its answer. */
  done(command: SessionCommand, origin: Origin = LEARNER) {
    const decision = this.send(command, origin);
    assert.notEqual(decision.kind, "rejected", JSON.stringify(decision));
    return decision.kind === "rejected" ? null : decision.reply;
  }

  /** Sends a command that must be refused, and gives the refusal's code. */
  refused(command: SessionCommand, origin: Origin = LEARNER): string {
    const decision = this.send(command, origin);
    assert.equal(decision.kind, "rejected", `${command.type} was ${decision.kind}`);
    return decision.kind === "rejected" ? decision.code : "";
  }

  /** Answers the choice that is awaited with item number `index` of the small course. */
  serve(index = 0): void {
    const effect = session.pendingEffects(this.state).find((one) => one.kind !== "ask_tutor");
    assert.ok(effect, "no choice is awaited");
    this.effects = [];
    const item = SMALL_COURSE.items[index % SMALL_COURSE.items.length];
    assert.ok(item);
    this.done(
      { type: "serve_item", item: renderItem(item, effect.seed), receipt: receiptFor(effect), suggestions: true },
      { kind: "effect", basisSeq: effect.basisSeq },
    );
  }

  /** Lets time pass to the earliest timer and fires it; false when none is set. */
  fireNextTimer(): boolean {
    const next = [...this.timers].sort(([, a], [, b]) => a.dueMs - b.dueMs)[0];
    if (next === undefined) return false;
    const [name, { dueMs, command }] = next;
    this.timers.delete(name);
    this.nowMs = Math.max(this.nowMs, dueMs);
    this.send(command as SessionCommand, { kind: "timer", name, dueMs });
    return true;
  }

  get open(): OpenItem | null {
    const { state } = this;
    if (state.status !== "active" && state.status !== "paused") return null;
    return state.step.kind === "item_open" ? state.step.open : null;
  }

  opened(): OpenItem {
    const { open } = this;
    assert.ok(open, "no item is open");
    return open;
  }
}

export function begun(plan: SessionPlan = PLAN, learner: Origin = LEARNER): SessionRun {
  const run = new SessionRun();
  run.done({ type: "create", plan }, learner);
  return run;
}
