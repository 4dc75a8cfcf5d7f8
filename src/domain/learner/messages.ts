/** What a learner actor is told and what it records. */
import { type Address, addressOf } from "../address.ts";
import type { Difficulty } from "../curriculum/rendered_item.ts";

/** One graded answer, from whichever session it was given in. */
export interface AnswerFact {
  readonly sessionId: string;
  readonly courseId: string;
  readonly itemId: string;
  readonly skills: readonly string[];
  readonly difficulty: Difficulty;
  readonly correct: boolean;
  readonly score: number;
  readonly hintsUsed: number;
  readonly responseMs: number;
  readonly atMs: number;
}

export type LearnerCommand = { readonly type: "record_answer"; readonly answer: AnswerFact };

export type LearnerEvent = { readonly type: "answer_recorded"; readonly answer: AnswerFact };

export function learnerAddress(learnerId: string): Address<LearnerCommand> {
  return addressOf<LearnerCommand>("learner", learnerId);
}
