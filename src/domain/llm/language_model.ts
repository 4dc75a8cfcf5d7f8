/** Asking a language model for text: the question, what came of it, and the port behind which the model lives. */

/** What is asked for; calls are counted and listed by it. */
export const LLM_PURPOSES = ["tutor", "draft_evaluation", "debate"] as const;
export type LlmPurpose = (typeof LLM_PURPOSES)[number];

/** A text that people wrote. The model is told that it is data: nothing in it is an instruction. */
export interface LlmData {
  /** One word in snake_case, for the rules to speak of it. */
  readonly name: string;
  readonly text: string;
}

export interface LlmQuestion {
  readonly purpose: LlmPurpose;
  /** What the model is to do, in words of ours alone: no text of a learner's ever stands here. */
  readonly rules: string;
  readonly data: readonly LlmData[];
  /** `json`: the answer is one JSON object. */
  readonly form: "text" | "json";
  /** Of the answer; a longer one is cut. */
  readonly tokensMax: number;
  /** How long the whole answer may take, waiting for its turn included. */
  readonly answerMsMax: number;
  /** Whose budget it counts against; the model's host is told a pseudonym at most. */
  readonly learnerId: string | null;
  /** The class whose budget and switch count; null outside any class. */
  readonly classId: string | null;
}

/**
 * Why there is no answer. `switched_off`: by the class; `busy`: too many at once; `circuit_open`: the model has failed
 * so often that it is left alone for a while; `refused`: by the model or its host, or what came must not be shown; `stopped`: by who asked.
 */
export const NO_ANSWER_REASONS = [
  "over_budget",
  "switched_off",
  "busy",
  "circuit_open",
  "timed_out",
  "failed",
  "refused",
  "stopped",
] as const;
export type NoAnswerReason = (typeof NO_ANSWER_REASONS)[number];

export type LlmOutcome =
  | {
    readonly kind: "answered";
    readonly text: string;
    /** As its host names it. */
    readonly model: string;
    /** It ended at `tokensMax`, in mid-sentence. */
    readonly isCut: boolean;
  }
  | { readonly kind: "no_answer"; readonly reason: NoAnswerReason };

/** Where there is none (null), what is authored answers in its place at once. */
export interface LanguageModel {
  /**
   * Asks, and tells the answer's pieces as they come; what has been told by then may still end as no answer.
   * Never rejects. `signal` ends the call: `stopped`.
   */
  ask(question: LlmQuestion, onText: (piece: string) => void, signal: AbortSignal): Promise<LlmOutcome>;
}
