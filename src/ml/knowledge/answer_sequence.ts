/** What one learner's answers look like to the network: encoded, in the order they were given. */

/** One learner's answers, oldest first. Row `i` describes answer `i` as it stood before that answer was known. */
export interface AnswerSequence {
  /** `answers x FEATURES` numbers, row after row. */
  readonly features: Float32Array;
  /** The Elo logit of each answer: log-odds of being right. */
  readonly eloLogits: Float32Array;
  /** 1 where the answer was right, else 0. */
  readonly correct: Uint8Array;
  /** How much each answer counts in the loss; 1 each when left out. */
  readonly weight?: Float32Array;
}
