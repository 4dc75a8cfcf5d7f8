/** A skill once learnt whose memory is due to be refreshed. */

export interface DueReview {
  readonly skillId: string;
  /** Probability that it is still remembered now, 0 to 1. */
  readonly retrievability: number;
  readonly dueAtMs: number;
}
