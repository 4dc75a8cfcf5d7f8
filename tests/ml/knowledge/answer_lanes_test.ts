import assert from "node:assert/strict";
import fc from "fast-check";
import { dealChunks } from "../../../src/ml/training/answer_lanes.ts";
import { madeUpLearners } from "./small_networks.ts";

const FEATURES = 3;

Deno.test("[N8] every answer is dealt once, in its learner's order, in a lane of its own until the learner is done", () => {
  fc.assert(fc.property(
    fc.array(fc.nat(23), { maxLength: 12 }),
    fc.integer({ min: 1, max: 5 }),
    fc.integer({ min: 1, max: 9 }),
    (lengths, lanes, steps) => {
      const learners = madeUpLearners(lengths, FEATURES, 5);
      const next = learners.map(() => 0);
      const lastSequence = Array<number>(lanes).fill(-1);
      for (const chunk of dealChunks(learners, { steps, lanes, features: FEATURES })) {
        assert.equal(chunk.features.length, steps * lanes * FEATURES);
        for (const [row, sequence] of chunk.sequences.entries()) {
          const learner = learners[sequence];
          if (learner === undefined) {
            assert.equal(chunk.weights[row], 0);
            continue;
          }
          const answer = next[sequence] ?? NaN;
          assert.equal(chunk.answers[row], answer);
          assert.equal(chunk.carried[row], answer === 0 ? 0 : 1);
          if (answer > 0) assert.equal(lastSequence[row % lanes], sequence);
          lastSequence[row % lanes] = sequence;
          assert.equal(chunk.correct[row], learner.correct[answer]);
          assert.equal(chunk.features[row * FEATURES], learner.features[answer * FEATURES]);
          next[sequence] = answer + 1;
        }
      }
      assert.deepEqual(next, learners.map((learner) => learner.correct.length));
    },
  ));
});
