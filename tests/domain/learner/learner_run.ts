/** Plays a learner's actor: events get their numbers, effects wait to be answered, timers are kept. */
import assert from "node:assert/strict";
import { addressOf } from "../../../src/domain/address.ts";
import { FEATURES } from "../../../src/domain/adaptive/encode.ts";
import type { Sighting } from "../../../src/domain/adaptive/sighting.ts";
import type { Origin } from "../../../src/domain/decision.ts";
import { createLearner } from "../../../src/domain/learner/aggregate.ts";
import type { LearnerState } from "../../../src/domain/learner/knowledge.ts";
import {
  type ActivityFact,
  type AnswerFact,
  learnerAddress,
  type LearnerCommand,
  type LearnerEvent,
  type ReadAnswersEffect,
} from "../../../src/domain/learner/messages.ts";
import type { ProposeQuestsEffect } from "../../../src/domain/quests/messages.ts";
import type { ActivityKind } from "../../../src/domain/quests/template.ts";

export const learner = createLearner([]);

export const SIGHTING: Sighting = {
  place: { item: 2, skills: [1], skillSet: 1 },
  difficulty: 0.25,
  features: Array.from({ length: FEATURES }, (_, i) => i / 100),
};

/** Something done at `atMs` that is not the same as anything else under another id. */
export function activityOf(kind: ActivityKind, id: string, atMs: number, sinceMs = atMs): ActivityFact {
  return { kind, id, courseId: null, skills: [], partners: [], subject: id, sinceMs, atMs };
}

export function factOf(courseId: string, atMs: number, outcome: "right" | "wrong" = "right"): AnswerFact {
  const correct = outcome === "right";
  return {
    sessionId: "s1",
    courseId,
    itemId: "i",
    skills: ["x"],
    difficulty: 3,
    correct,
    score: correct ? 1 : 0,
    hintsUsed: 0,
    responseMs: 900,
    atMs,
    presentations: [],
    behaviour: [],
    sighting: SIGHTING,
  };
}

export class LearnerRun {
  /** @param under the badge rules of a deployment; without, there are none */
  constructor(private readonly under = learner) {}

  state: LearnerState = learner.initial("ada");
  seq = 0;
  readonly effects: ReadAnswersEffect[] = [];
  readonly proposals: ProposeQuestsEffect[] = [];
  readonly messages: unknown[] = [];
  readonly journal: LearnerEvent[] = [];
  /** When each event of the journal happened. */
  readonly times: number[] = [];
  readonly timers = new Map<string, number>();
  nowMs = 1;

  send(command: LearnerCommand, origin: Origin) {
    const decision = this.under.decide(this.state, command, {
      actor: learnerAddress("ada"),
      seq: this.seq,
      nowMs: this.nowMs,
      seed: 1,
      commandId: "c",
      origin,
    });
    if (decision.kind === "noted") this.state = decision.state;
    if (decision.kind !== "accepted") return decision;
    if (origin.kind === "timer") this.timers.delete(origin.name);
    for (const event of decision.events) {
      this.journal.push(event);
      this.times.push(this.nowMs);
      this.state = this.under.evolve(this.state, event, { seq: ++this.seq, atMs: this.nowMs });
    }
    for (const effect of decision.effects) {
      if (effect.kind === "read_answers") this.effects.push(effect);
      else this.proposals.push(effect);
    }
    this.messages.push(...decision.messages);
    for (const change of decision.timers) {
      if (change.kind === "set") this.timers.set(change.name, change.dueMs);
      else this.timers.delete(change.name);
    }
    return decision;
  }

  answer(fact: AnswerFact, session = "s1") {
    return this.send({ type: "record_answer", answer: fact }, {
      kind: "actor",
      sender: addressOf("session", session),
      seq: 3,
    });
  }

  /** The oldest reading under way comes back. */
  read(): ReadAnswersEffect {
    const effect = this.effects.shift();
    assert.ok(effect);
    const { courseId, fromSeq, untilSeq, answers } = effect;
    const hidden = { model: "m", values: [answers.length] };
    this.send({ type: "answers_read", courseId, fromSeq, untilSeq, hidden }, { kind: "effect", basisSeq: fromSeq });
    return effect;
  }
}
