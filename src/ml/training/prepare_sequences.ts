/** Turns recorded answers into sequences for the network, with statistics that never see what is to be predicted. */
import { CatalogueStatistics } from "../../domain/adaptive/catalogue_statistics.ts";
import { encode, FEATURES } from "../../domain/adaptive/encode.ts";
import { eloLogit, newKnowledge, recordAnswer } from "../../domain/adaptive/learner_knowledge.ts";
import { sigmoid } from "../../domain/adaptive/logistic.ts";
import { observeAnswer } from "../../domain/adaptive/observe_answer.ts";
import type { AnswerSequence } from "../knowledge/answer_sequence.ts";
import { fitStatistics, TRAINING_CONTEXTS_MAX } from "./fit_statistics.ts";
import type { LearnerAnswers } from "./read_answers.ts";
import type { Split } from "./split_learners.ts";

/**
 * Where catalogue statistics come from. `warm`: from the training learners, for those themselves out of fold.
 * `cold`: they start empty and grow from the stream of answers so far, learner after learner.
 */
export const STATISTICS_MODES = ["warm", "cold"] as const;
export type StatisticsMode = (typeof STATISTICS_MODES)[number];

/** Training learners are encoded with the statistics of the other four fifths. */
const OUT_OF_FOLD_FOLDS = 5;
/** 80% of the learners are not in the test: four streams of a fifth each. */
const COLD_STREAMS = 4;

function emptySequence(answers: number): AnswerSequence {
  return {
    features: new Float32Array(answers * FEATURES),
    eloLogits: new Float32Array(answers),
    correct: new Uint8Array(answers),
  };
}

/** The learner's answers under statistics that stay as they are. */
export function encodeUnder(statistics: CatalogueStatistics, { answers }: LearnerAnswers): AnswerSequence {
  const sequence = emptySequence(answers.length);
  const knowledge = newKnowledge();
  answers.forEach((answered, index) => {
    const { place, atS, correct } = answered;
    sequence.eloLogits[index] = encode(knowledge, statistics, place, atS, sequence.features, index * FEATURES);
    sequence.correct[index] = correct ? 1 : 0;
    recordAnswer(knowledge, answered, sigmoid(eloLogit(knowledge, statistics, place)));
  });
  return sequence;
}

/** The learner's answers while the statistics learn each of them, right after it was encoded. */
function encodeGrowing(statistics: CatalogueStatistics, { answers }: LearnerAnswers): AnswerSequence {
  const sequence = emptySequence(answers.length);
  const knowledge = newKnowledge();
  answers.forEach((answered, index) => {
    const { place, atS, correct } = answered;
    sequence.eloLogits[index] = encode(knowledge, statistics, place, atS, sequence.features, index * FEATURES);
    sequence.correct[index] = correct ? 1 : 0;
    const observation = observeAnswer(knowledge, statistics, answered);
    statistics.record(observation);
    recordAnswer(knowledge, answered, observation.expected);
  });
  return sequence;
}

function encodeStream(learners: readonly LearnerAnswers[]): AnswerSequence[] {
  const statistics = CatalogueStatistics.empty(TRAINING_CONTEXTS_MAX);
  return learners.map((learner) => encodeGrowing(statistics, learner));
}

/** As many streams as make each as long as the test's, so that training meets statistics as thin as the test's are. */
function encodeStreams(learners: readonly LearnerAnswers[]): AnswerSequence[] {
  const sequences = learners.map(() => emptySequence(0));
  for (let stream = 0; stream < COLD_STREAMS; stream++) {
    const numbers = [...learners.keys()].filter((number) => number % COLD_STREAMS === stream);
    const encoded = encodeStream(numbers.flatMap((number) => learners.slice(number, number + 1)));
    encoded.forEach((sequence, index) => sequences[numbers[index] ?? 0] = sequence);
  }
  return sequences;
}

function encodeOutOfFold(learners: readonly LearnerAnswers[]): AnswerSequence[] {
  const sequences = learners.map(() => emptySequence(0));
  for (let fold = 0; fold < OUT_OF_FOLD_FOLDS; fold++) {
    const statistics = fitStatistics(learners.filter((_, index) => index % OUT_OF_FOLD_FOLDS !== fold));
    learners.forEach((learner, index) => {
      if (index % OUT_OF_FOLD_FOLDS === fold) sequences[index] = encodeUnder(statistics, learner);
    });
  }
  return sequences;
}

/** The test learners, under statistics from the others (`warm`) or from their own stream so far (`cold`). */
export function prepareTest(split: Split<LearnerAnswers>, mode: StatisticsMode): readonly AnswerSequence[] {
  if (split.test.length === 0) return [];
  if (mode === "cold") return encodeStream(split.test);
  const statistics = fitStatistics([...split.training, ...split.validation]);
  return split.test.map((learner) => encodeUnder(statistics, learner));
}

/** All three parts as sequences, in the split's order. Training and validation never share statistics with the test. */
export function prepareSequences(split: Split<LearnerAnswers>, mode: StatisticsMode): Split<AnswerSequence> {
  const known = [...split.training, ...split.validation];
  const sequences = mode === "cold" ? encodeStreams(known) : encodeOutOfFold(known);
  return {
    training: sequences.slice(0, split.training.length),
    validation: sequences.slice(split.training.length),
    test: prepareTest(split, mode),
  };
}
