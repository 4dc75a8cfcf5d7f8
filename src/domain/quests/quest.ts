/** A quest made for one learner, and how far they have come with it; plain JSON, so that it needs no template again. */
import type { AnswerForm, AnswerKey } from "../curriculum/rendered_item.ts";
import type { QuestSubject } from "./quest_subject.ts";
import type { Tally } from "./tally.ts";
import type { LevelBand, Measure, QuestKind, RubricLevel, TeamSize } from "./template.ts";

/** An item drawn for a keyed criterion; the key never leaves the server. */
export interface KeyedQuestion {
  readonly itemId: string;
  readonly prompt: string;
  readonly form: AnswerForm;
  readonly key: AnswerKey;
}

export type Evidence =
  | { readonly kind: "automatic"; readonly measure: Measure; readonly count: number }
  | { readonly kind: "keyed"; readonly question: KeyedQuestion }
  | { readonly kind: "rubric" | "assisted"; readonly levels: readonly RubricLevel[] };

export interface Criterion {
  readonly id: string;
  readonly text: string;
  readonly weight: number;
  readonly evidence: Evidence;
}

export interface Quest {
  /** Unique among its learner's quests. */
  readonly id: string;
  readonly templateId: string;
  readonly kind: QuestKind;
  readonly title: string;
  readonly story: string;
  readonly band: LevelBand;
  readonly subject: QuestSubject;
  readonly team: TeamSize | null;
  readonly criteria: readonly Criterion[];
  readonly threshold: number;
  readonly points: number;
  readonly badges: readonly string[];
  /** From acceptance to expiry. */
  readonly lastsMs: number;
  readonly retries: number;
  /** Until then the offer stands. */
  readonly offerEndsAtMs: number;
}

/** A quest as proposed: it gets its id when it is offered. */
export type QuestDraft = Omit<Quest, "id" | "offerEndsAtMs">;

export type QuestPhase =
  | { readonly kind: "open" }
  /** A teacher has the submission; the deadline waits. */
  | { readonly kind: "under_review"; readonly sinceMs: number };

export interface ActiveQuest {
  readonly quest: Quest;
  readonly acceptedAtMs: number;
  readonly deadlineMs: number;
  /** The learner's own at acceptance, so that a change of zone makes no day; null where that was not recorded. */
  readonly timeZone: string | null;
  /** Null where the learner is alone with it. */
  readonly teamId: string | null;
  readonly phase: QuestPhase;
  /** Submissions so far. */
  readonly attempts: number;
  /** By id of each automatic criterion. */
  readonly tallies: { readonly [criterionId: string]: Tally };
  /** Scores, 0 to 1, of the keyed criteria as last submitted. */
  readonly keyed: { readonly [criterionId: string]: number };
}

/** What a teacher gave for the rubric criteria, by id. */
export interface RubricPoints {
  readonly [criterionId: string]: number;
}

/** What one criterion came to, in words for the learner. */
export interface CriterionResult {
  readonly criterionId: string;
  readonly text: string;
  readonly weight: number;
  /** 0 to 1. */
  readonly score: number;
  readonly feedback: string;
}
