/** Quests in a learner's hands: offered as an effect would, accepted, worked on. */
import assert from "node:assert/strict";
import type { Origin } from "../../../src/domain/decision.ts";
import type { LearnerEvent } from "../../../src/domain/learner/messages.ts";
import type { QuestCommand } from "../../../src/domain/quests/messages.ts";
import type { Criterion, QuestDraft } from "../../../src/domain/quests/quest.ts";
import type { Measure } from "../../../src/domain/quests/template.ts";
import { LearnerRun } from "../learner/learner_run.ts";

export const ADA: Origin = { kind: "client", principal: { userId: "ada", role: "student" } };
export const START_MS = 1_760_000_000_000;
export const DAY_MS = 86_400_000;

export function counted(id: string, measure: Measure, count: number, weight = 1): Criterion {
  return { id, text: id, weight, evidence: { kind: "automatic", measure, count } };
}

/** `7` is right. */
export function keyed(id: string, weight = 1): Criterion {
  const question = {
    itemId: "seven",
    prompt: "Three and four?",
    form: { kind: "number", units: [] },
    key: { kind: "number", value: 7, tolerance: 0, unit: null, factors: {} },
  } as const;
  return { id, text: id, weight, evidence: { kind: "keyed", question } };
}

export function rubric(id: string, weight = 1): Criterion {
  const levels = [0, 1, 2].map((points) => ({ points, text: `level ${points}` }));
  return { id, text: id, weight, evidence: { kind: "rubric", levels } };
}

export function draftOf(criteria: readonly Criterion[], terms: Partial<QuestDraft> = {}): QuestDraft {
  return {
    templateId: "t1",
    kind: "mastery",
    title: "A quest",
    story: "Go on.",
    band: "developing",
    subject: { courseId: "algebra", skills: ["x", "y"] },
    team: null,
    criteria,
    threshold: 1,
    points: 40,
    badges: [],
    lastsMs: 7 * DAY_MS,
    retries: 0,
    ...terms,
  };
}

export class QuestRun extends LearnerRun {
  override nowMs = START_MS;

  /** Sends what must be accepted; gives the events. */
  did(command: QuestCommand, origin: Origin = ADA): readonly LearnerEvent[] {
    const decision = this.send(command, origin);
    assert.equal(decision.kind, "accepted", `${command.type}: ${JSON.stringify(decision)}`);
    return decision.kind === "accepted" ? decision.events : [];
  }

  /** The code with which it is refused. */
  refused(command: QuestCommand, origin: Origin = ADA): string {
    const decision = this.send(command, origin);
    return decision.kind === "rejected" ? decision.code : decision.kind;
  }

  /** Offers the drafts in one proposal; gives their ids. */
  offered(...drafts: readonly QuestDraft[]): readonly string[] {
    this.did({ type: "seek_quests" });
    const effect = this.proposals.pop();
    assert.ok(effect, "no proposal was asked for");
    const offered = drafts.map(({ templateId }) => templateId);
    const [seed, band] = [effect.seed, "developing"] as const;
    const receipt = {
      policy: "thompson_beta",
      seed,
      band,
      boardSeq: 0,
      learnerSeq: 0,
      considered: [],
      offered,
    } as const;
    const { basisSeq } = effect;
    const events = this.did({ type: "offer_quests", basisSeq, drafts, receipt }, { kind: "effect", basisSeq });
    return events.flatMap((event) => event.type === "quests_offered" ? event.offers.map(({ id }) => id) : []);
  }

  /** Offers one and accepts it. */
  begun(draft: QuestDraft): string {
    const [questId] = this.offered(draft);
    assert.ok(questId !== undefined);
    this.did({ type: "accept_quest", questId });
    return questId;
  }

  /** The journal's events of one type. */
  told<Type extends LearnerEvent["type"]>(type: Type): readonly Extract<LearnerEvent, { type: Type }>[] {
    return this.journal.filter((event): event is Extract<LearnerEvent, { type: Type }> => event.type === type);
  }

  get points(): readonly number[] {
    return this.told("points_awarded").map(({ amount }) => amount);
  }
}
