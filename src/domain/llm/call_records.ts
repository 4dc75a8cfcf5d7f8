/** What is kept of calls of language models, who decides where they may be used, and the ports behind which that lies. */
import type { Role } from "../principal.ts";
import type { LlmPurpose, NoAnswerReason } from "./language_model.ts";

export type LlmCallOutcome = "answered" | "cached" | NoAnswerReason;

/** One call of a language model: what it cost and what became of it, without a word of what was said. */
export interface LlmCall {
  readonly id: string;
  readonly atMs: number;
  readonly purpose: LlmPurpose;
  readonly model: string;
  /** SHA-256 of the whole prompt, in hex. */
  readonly promptHash: string;
  /** The pseudonym of whom it was for; null for nobody. */
  readonly learner: string | null;
  readonly classId: string | null;
  /** As the host says or else as the texts' lengths suggest; failed tries included. */
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** From the question to the first piece of text; null where none came. */
  readonly firstTextMs: number | null;
  readonly answerMs: number;
  /** 0 where nothing was sent. */
  readonly tries: number;
  readonly outcome: LlmCallOutcome;
}

export interface LlmCallFilter {
  readonly purpose: LlmPurpose | null;
  readonly outcome: LlmCallOutcome | null;
  /** A pseudonym. */
  readonly learner: string | null;
  readonly classId: string | null;
}

export interface LlmCalls {
  record(call: LlmCall): Promise<void>;
  /** Tokens in and out of calls since `sinceMs`: of the learner (0 for null), and of the class (likewise). */
  spent(
    sinceMs: number,
    payers: Pick<LlmCall, "learner" | "classId">,
  ): Promise<{ readonly learner: number; readonly ofClass: number }>;
  /** Newest first; `next` is the cursor of the next page. */
  page(
    filter: LlmCallFilter,
    cursor: string | null,
    limit: number,
  ): Promise<{ readonly rows: readonly LlmCall[]; readonly next: string | null }>;
  /** Deletes calls of before `beforeMs`; tells how many. */
  expire(beforeMs: number): Promise<number>;
}

/** Who decided when whether language models may be used in a class. */
export interface ClassLlmPolicy {
  readonly allowed: boolean;
  readonly byUserId: string;
  readonly byRole: Role;
  readonly atMs: number;
}

export interface ClassLlmPolicies {
  /** The latest word; null until somebody has decided: then they may be used. */
  current(classId: string): Promise<ClassLlmPolicy | null>;
  /** Adds to the record; earlier entries stay. */
  record(classId: string, policy: ClassLlmPolicy): Promise<void>;
}

/** What administrators are told of a deployment's language model. */
export interface LlmDesk {
  /** Null where the deployment runs without one. */
  standing(): {
    readonly model: string;
    readonly circuit: "closed" | "open" | "half_open";
    /** Calls under way on this node. */
    readonly calls: number;
  } | null;
  /** Tokens a day; null likewise. */
  readonly limits: { readonly learnerDay: number; readonly classDay: number } | null;
  pseudonymOf(learnerId: string): Promise<string>;
}
