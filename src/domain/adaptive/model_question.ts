/** What a knowledge model is asked, and what it answers: plain numbers, whatever computes them. */
import type { HiddenState } from "./learner_knowledge.ts";
import type { NetworkAnswer } from "./sighting.ts";

/** One learner: answers to take in, then candidates to judge. Either may be empty. */
export interface ModelQuestion {
  /** Null, or another model's, counts as the state of a learner who has not answered yet. */
  readonly hidden: HiddenState | null;
  /** Answers that `hidden` does not know of, oldest first. */
  readonly unread: readonly NetworkAnswer[];
  /** `candidates x FEATURES`. */
  readonly features: Float32Array;
  /** One a candidate. */
  readonly eloLogits: Float32Array;
}

export interface ModelAnswer {
  /** After the unread answers; names the model. */
  readonly hidden: HiddenState;
  /** Probability of a right answer, one a candidate, same order. */
  readonly probabilities: Float32Array;
}

/** Rejects when the model is gone, has too much to do, or is late. */
export type AskModel = (question: ModelQuestion) => Promise<ModelAnswer>;
