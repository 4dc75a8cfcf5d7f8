/** Catalogue statistics of a whole set of learners, fitted in several passes as only past data allows. */
import {
  CONTEXTS,
  PAIR_CONTEXTS_MAX,
  writeContexts,
  writePairContexts,
} from "../../domain/adaptive/answer_contexts.ts";
import { CatalogueStatistics } from "../../domain/adaptive/catalogue_statistics.ts";
import { eloLogit, newKnowledge, recordAnswer } from "../../domain/adaptive/learner_knowledge.ts";
import { sigmoid } from "../../domain/adaptive/logistic.ts";
import type { LearnerAnswers } from "./read_answers.ts";

/** Room for every context of a million answers. */
export const TRAINING_CONTEXTS_MAX = 2 ** 23;

/** The difficulties settle over three passes, later ones at half the step. */
const STEP_SHARES = [1, 0.5, 0.5] as const;

function moveDifficulties(statistics: CatalogueStatistics, learners: readonly LearnerAnswers[], share: number): void {
  for (const { answers } of learners) {
    const knowledge = newKnowledge();
    for (const answered of answers) {
      const expected = sigmoid(eloLogit(knowledge, statistics, answered.place));
      statistics.moveDifficulty(answered.place, ((answered.correct ? 1 : 0) - expected) * share);
      recordAnswer(knowledge, answered, expected);
    }
  }
}

/** Contexts hold ability buckets, so they are counted last, under settled difficulties. */
function countContexts(statistics: CatalogueStatistics, learners: readonly LearnerAnswers[]): void {
  const contexts = new Float64Array(CONTEXTS);
  const pairs = new Float64Array(PAIR_CONTEXTS_MAX);
  for (const { answers } of learners) {
    const knowledge = newKnowledge();
    for (const answered of answers) {
      writeContexts(knowledge, answered.place, contexts);
      writePairContexts(knowledge, answered.place, pairs);
      statistics.countContexts(contexts, answered.correct);
      statistics.countContexts(pairs, answered.correct);
      recordAnswer(knowledge, answered, sigmoid(eloLogit(knowledge, statistics, answered.place)));
    }
  }
}

/** Statistics of `learners` and of nobody else. */
export function fitStatistics(learners: readonly LearnerAnswers[]): CatalogueStatistics {
  const statistics = CatalogueStatistics.empty(TRAINING_CONTEXTS_MAX);
  for (const { answers } of learners) {
    for (const { place, correct } of answers) statistics.countAnswer(place, correct);
  }
  statistics.centreDifficulty();
  for (const share of STEP_SHARES) moveDifficulties(statistics, learners, share);
  countContexts(statistics, learners);
  return statistics;
}
