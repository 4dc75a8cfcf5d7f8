/** The audit of leaks: the real preparation passes it, planted leaks are caught. */
import assert from "node:assert/strict";
import { FEATURES } from "../../../src/domain/adaptive/encode.ts";
import { fitStatistics } from "../../../src/ml/training/fit_statistics.ts";
import { auditLeaks, LeakError, type Prepare } from "../../../src/ml/training/leak_audit.ts";
import { encodeUnder, prepareSequences, STATISTICS_MODES } from "../../../src/ml/training/prepare_sequences.ts";
import { splitLearners } from "../../../src/ml/training/split_learners.ts";
import { madeUpLearners } from "./recorded_answers.ts";

const SEED = 7;
const split = splitLearners(madeUpLearners(SEED, { learners: 60, answers: 20, items: 12, skills: 3 }), SEED);

for (const mode of STATISTICS_MODES) {
  Deno.test(`[N1] prepared ${mode}, no feature depends on a later answer or on a test learner`, () => {
    auditLeaks(prepareSequences, split, mode);
  });

  Deno.test(`[N1] prepared ${mode} with statistics that have seen the test, the leak is caught`, () => {
    const leaky: Prepare = (learners, mode) => {
      const everybody = fitStatistics([...learners.training, ...learners.validation, ...learners.test]);
      const test = learners.test.map((learner) => encodeUnder(everybody, learner));
      return { ...prepareSequences(learners, mode), test };
    };
    assert.throws(() => auditLeaks(leaky, split, mode), LeakError);
  });

  Deno.test(`[N1] prepared ${mode} with the outcome itself among the features, the leak is caught`, () => {
    const leaky: Prepare = (learners, mode) => {
      const prepared = prepareSequences(learners, mode);
      const [sequence] = prepared.test;
      sequence?.correct.forEach((outcome, answer) => {
        sequence.features[answer * FEATURES + FEATURES - 1] = outcome;
      });
      return prepared;
    };
    assert.throws(() => auditLeaks(leaky, split, mode), LeakError);
  });
}

Deno.test("[N1] training learners encoded with statistics of themselves, the leak is caught", () => {
  const leaky: Prepare = (learners, mode) => {
    const statistics = fitStatistics(learners.training);
    const training = learners.training.map((learner) => encodeUnder(statistics, learner));
    return { ...prepareSequences(learners, mode), training };
  };
  assert.throws(() => auditLeaks(leaky, split, "warm"), LeakError);
});
