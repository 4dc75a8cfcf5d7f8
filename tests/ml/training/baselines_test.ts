/** The baselines on made-up learners whose answers follow the logistic model. */
import assert from "node:assert/strict";
import { baselineLogits, BASELINES } from "../../../src/ml/training/baselines.ts";
import { streamedLogits } from "../../../src/ml/training/logistic_regression.ts";
import { columnsFor, logisticRows } from "../../../src/ml/training/logistic_rows.ts";
import { areaUnderCurve } from "../../../src/ml/training/metrics.ts";
import { prepareTest, STATISTICS_MODES, type StatisticsMode } from "../../../src/ml/training/prepare_sequences.ts";
import { splitLearners } from "../../../src/ml/training/split_learners.ts";
import { madeUpLearners } from "./recorded_answers.ts";

const SEED = 11;
const SIZE = { learners: 200, answers: 40, items: 20, skills: 4 };
const learners = madeUpLearners(SEED, SIZE);

function aucs(mode: StatisticsMode): Record<string, number> {
  const split = splitLearners(learners, SEED);
  const sequences = prepareTest(split, mode);
  const correct = Uint8Array.from(sequences.flatMap((sequence) => [...sequence.correct]));
  const logits = baselineLogits(split, sequences, mode, SIZE);
  return Object.fromEntries(
    BASELINES.map((baseline) => [baseline, areaUnderCurve({ logits: logits[baseline], correct })]),
  );
}

for (const mode of STATISTICS_MODES) {
  Deno.test(`[N7] ${mode}, what knows the learner beats the item mean, which beats chance; a second run says the same`, () => {
    const first = aucs(mode);
    const { item_mean = 0, elo = 0, logistic_regression = 0 } = first;
    assert.ok(item_mean > 0.6, `item mean ${item_mean}`);
    assert.ok(elo > item_mean + 0.03, `Elo ${elo}`);
    assert.ok(logistic_regression > item_mean + 0.03, `logistic regression ${logistic_regression}`);
    assert.deepEqual(aucs(mode), first);
  });
}

Deno.test("[N7] warm, the regression has learnt from every learner that the statistics have, validation included", () => {
  const split = splitLearners(learners, SEED);
  const [subject] = split.test;
  assert.ok(subject !== undefined);
  const only = { item: SIZE.items, skills: [0], skillSet: 0 };
  const answered = { place: only, correct: false, atS: null, responseMs: null };
  const validation = split.validation.map(({ learner, answers }) => ({
    learner,
    answers: [...answers, ...Array.from({ length: 20 }, () => answered)],
  }));
  const test = [{
    learner: subject.learner,
    answers: [answered, { ...answered, place: { ...only, item: SIZE.items + 1 } }],
  }];
  const changed = { ...split, validation, test };
  const logits = baselineLogits(changed, prepareTest(changed, "warm"), "warm", { ...SIZE, items: SIZE.items + 2 });
  for (const baseline of BASELINES) {
    const [met = NaN, unmet = NaN] = logits[baseline];
    assert.ok(
      met < unmet - 0.5,
      `${baseline}: ${met} for an item that validation learners failed, ${unmet} for one unmet`,
    );
  }
});

Deno.test("[N1] a streamed regression predicts an answer by the answers before it alone", () => {
  const rows = logisticRows(learners, SIZE);
  const changed = { ...rows, correct: rows.correct.map((outcome, row) => row < 500 ? outcome : 1 - outcome) };
  const columns = columnsFor(SIZE);
  assert.deepEqual(streamedLogits(columns, changed).slice(0, 501), streamedLogits(columns, rows).slice(0, 501));
});
