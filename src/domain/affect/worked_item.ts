/** An item as a learner left it, and how long they usually take. */

export interface WorkedItem {
  readonly skills: readonly string[];
  readonly outcome: "right" | "wrong" | "skipped";
  /** Time worked on it, pauses excluded. */
  readonly workedMs: number;
  /** Answered or skipped quicker than the question can be read, or far quicker than this learner usually is. */
  readonly hasty: boolean;
  readonly hintsUsed: number;
  /** All hints taken quicker than they can be read and tried. */
  readonly hintsRushed: boolean;
}

/** Geometric mean of a learner's time to an answer, and how many it rests on. */
export interface UsualTime {
  readonly ms: number;
  readonly answers: number;
}
