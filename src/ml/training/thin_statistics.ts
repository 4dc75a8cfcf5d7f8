/** Prepares learners as a course's first learners meet it: under statistics from few others. */
import type { AnswerSequence } from "../knowledge/answer_sequence.ts";
import { prepareSequences } from "./prepare_sequences.ts";
import type { LearnerAnswers } from "./read_answers.ts";

/** Each group's statistics come from four fifths of the group alone. */
const GROUPS = 16;

/**
 * The learners' sequences, encoded out of fold within sixteen groups, so that every count is a sixteenth of what all
 * learners would give. A network that has only met well-known items trusts the figures of a rare one too much.
 */
export function prepareThin(learners: readonly LearnerAnswers[]): readonly AnswerSequence[] {
  return Array.from({ length: GROUPS }, (_, group) => group).flatMap((group) => {
    const training = learners.filter((_, index) => index % GROUPS === group);
    return prepareSequences({ training, validation: [], test: [] }, "warm").training;
  });
}
