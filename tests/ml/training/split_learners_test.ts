/** Splits: by learner, complete, the same for one seed. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { PARTS, splitLearners } from "../../../src/ml/training/split_learners.ts";

const learners = fc.integer({ min: 20, max: 300 }).map((length) => Array.from({ length }, (_, index) => index));

Deno.test("[N7] every learner is in one part of a split, and in the test of one fold", () => {
  fc.assert(fc.property(learners, fc.nat(), fc.integer({ min: 2, max: 10 }), (all, seed, folds) => {
    const tests: number[] = [];
    for (let fold = 0; fold < folds; fold++) {
      const split = splitLearners(all, seed, fold, folds);
      assert.deepEqual(PARTS.flatMap((part) => split[part]).toSorted((a, b) => a - b), all);
      tests.push(...split.test);
    }
    assert.deepEqual(tests.toSorted((a, b) => a - b), all);
  }));
});

Deno.test("[N7] a split is 72 / 8 / 20, and one seed gives one split", () => {
  fc.assert(fc.property(learners, fc.nat(), (all, seed) => {
    const split = splitLearners(all, seed);
    assert.deepEqual(split, splitLearners(all, seed));
    assert.equal(split.test.length, Math.round(all.length / 5));
    assert.equal(split.validation.length, Math.round(all.length * 0.08));
  }));
});
