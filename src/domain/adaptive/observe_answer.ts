/** Observes an answer before anyone has learnt it: the learner and the catalogue both learn from what is observed. */
import { CONTEXTS, PAIR_CONTEXTS_MAX, writeContexts, writePairContexts } from "./answer_contexts.ts";
import type { Answered } from "./answered.ts";
import type { ReadableStatistics } from "./catalogue_statistics.ts";
import { eloLogit, type LearnerKnowledge } from "./learner_knowledge.ts";
import { sigmoid } from "./logistic.ts";
import type { Observation } from "./observation.ts";

export function observeAnswer(
  knowledge: LearnerKnowledge,
  statistics: ReadableStatistics,
  answered: Answered,
): Observation {
  return observeExpected(knowledge, answered, sigmoid(eloLogit(knowledge, statistics, answered.place)));
}

/** The same where `expected`, Elo's probability of a right answer, is already known. */
export function observeExpected(knowledge: LearnerKnowledge, answered: Answered, expected: number): Observation {
  const contexts = new Float64Array(CONTEXTS + PAIR_CONTEXTS_MAX);
  writeContexts(knowledge, answered.place, contexts);
  writePairContexts(knowledge, answered.place, contexts.subarray(CONTEXTS));
  return { answered, expected, contexts: [...contexts].filter((context) => context >= 0) };
}
