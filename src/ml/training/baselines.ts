/** What any knowledge model has to beat: item means, Elo, and logistic regression on the same answers. */
import { FEATURES } from "../../domain/adaptive/encode.ts";
import type { AnswerSequence } from "../knowledge/answer_sequence.ts";
import { fittedLogits, type KnownRows, streamedLogits } from "./logistic_regression.ts";
import { type CatalogueSize, columnsFor, logisticRows } from "./logistic_rows.ts";
import type { StatisticsMode } from "./prepare_sequences.ts";
import type { LearnerAnswers } from "./read_answers.ts";
import type { Split } from "./split_learners.ts";

export const BASELINES = ["item_mean", "elo", "logistic_regression"] as const;
export type Baseline = (typeof BASELINES)[number];

/** Log-odds of every answer of the test, learner after learner. */
export type BaselineLogits = { readonly [baseline in Baseline]: Float64Array };

/** The item's shrunk log-odds: how far it lies above the course, plus the course. */
function itemMeanLogits(sequences: readonly AnswerSequence[]): Float64Array {
  return Float64Array.from(
    sequences.flatMap(({ features, correct }) =>
      [...correct.keys()].map((answer) => (features[answer * FEATURES] ?? 0) + (features[answer * FEATURES + 2] ?? 0))
    ),
  );
}

function knownRows({ training, validation }: Split<LearnerAnswers>, size: CatalogueSize): KnownRows {
  return {
    training: logisticRows(training, size),
    validation: logisticRows(validation, size),
    known: logisticRows([...training, ...validation], size),
  };
}

/**
 * @param sequences the test learners as prepared under the same mode, in the split's order
 * Logistic regression has the data that the statistics have: all learners but the test's when warm, the stream so far
 * when cold.
 */
export function baselineLogits(
  split: Split<LearnerAnswers>,
  sequences: readonly AnswerSequence[],
  mode: StatisticsMode,
  size: CatalogueSize,
): BaselineLogits {
  const columns = columnsFor(size);
  const test = logisticRows(split.test, size);
  return {
    item_mean: itemMeanLogits(sequences),
    elo: Float64Array.from(sequences.flatMap(({ eloLogits }) => [...eloLogits])),
    logistic_regression: mode === "cold"
      ? streamedLogits(columns, test)
      : fittedLogits(columns, knownRows(split, size), test),
  };
}
