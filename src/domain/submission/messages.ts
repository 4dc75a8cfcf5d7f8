/** What a submission for a teacher's judgement is told, what it records, and what it asks for. */
import { type Address, addressOf } from "../address.ts";
import type { Criterion, RubricPoints } from "../quests/quest.ts";
import type { QuestKind } from "../quests/template.ts";

export interface Submission {
  readonly learnerId: string;
  readonly questId: string;
  readonly templateId: string;
  readonly questKind: QuestKind;
  readonly title: string;
  readonly attempt: number;
  readonly text: string;
  /** Those with a rubric. */
  readonly criteria: readonly Criterion[];
}

/** What a language model suggests to the teacher; it decides nothing. */
export interface EvaluationDraft {
  readonly model: string;
  readonly points: RubricPoints;
  /** Words of the text, by criterion, that its points rest on. */
  readonly quotes: { readonly [criterionId: string]: string };
  readonly comment: string;
}

export type SubmissionCommand =
  | { readonly type: "submit"; readonly submission: Submission }
  /** Sent by staff. */
  | { readonly type: "evaluate"; readonly points: RubricPoints; readonly comment: string }
  | { readonly type: "draft_made"; readonly draft: EvaluationDraft }
  | { readonly type: "draft_failed"; readonly reason: string }
  | { readonly type: "withdraw" };

export type SubmissionEvent =
  | { readonly type: "submitted"; readonly submission: Submission }
  | { readonly type: "draft_made"; readonly draft: EvaluationDraft }
  | { readonly type: "draft_failed"; readonly reason: string }
  | {
    readonly type: "evaluated";
    readonly by: string;
    readonly points: RubricPoints;
    readonly comment: string;
    readonly atMs: number;
  }
  | { readonly type: "withdrawn" };

export interface DraftEvaluationEffect extends Pick<Submission, "learnerId" | "title" | "text" | "criteria"> {
  readonly kind: "draft_evaluation";
}

/** One actor for each time a quest is submitted. */
export function submissionAddress(learnerId: string, questId: string, attempt: number): Address<SubmissionCommand> {
  return addressOf<SubmissionCommand>("submission", `${learnerId}.${questId}.${attempt}`);
}
