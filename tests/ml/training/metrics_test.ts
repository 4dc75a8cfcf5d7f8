/** Metrics against their definitions, intervals against a known case. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { estimate } from "../../../src/ml/training/confidence.ts";
import { areaUnderCurve, measure } from "../../../src/ml/training/metrics.ts";

/** Few distinct logits, so that ties are common. */
const scored = fc.array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.boolean()), { minLength: 2, maxLength: 80 })
  .filter((rows) => rows.some(([, right]) => right) && rows.some(([, right]) => !right))
  .map((rows) => ({
    logits: Float64Array.from(rows, ([logit]) => logit),
    correct: Uint8Array.from(rows, ([, right]) => right ? 1 : 0),
  }));

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual}, expected ${expected}`);
}

Deno.test("[N7] the area under the curve is the share of pairs in order, ties half", () => {
  fc.assert(fc.property(scored, ({ logits, correct }) => {
    let pairs = 0;
    let ordered = 0;
    logits.forEach((right, i) =>
      logits.forEach((wrong, j) => {
        if (correct[i] !== 1 || correct[j] !== 0) return;
        pairs += 1;
        ordered += right > wrong ? 1 : right === wrong ? 0.5 : 0;
      })
    );
    near(areaUnderCurve({ logits, correct }), ordered / pairs);
  }));
});

Deno.test("[N7] log loss and accuracy follow their definitions, also for extreme logits", () => {
  fc.assert(fc.property(scored, ({ logits, correct }) => {
    const { logLoss, accuracy, rows } = measure({ logits, correct });
    const losses = [...logits].map((logit, row) => {
      const probability = 1 / (1 + Math.exp(-logit));
      return -Math.log(correct[row] === 1 ? probability : 1 - probability);
    });
    near(logLoss, losses.reduce((sum, loss) => sum + loss, 0) / rows);
    near(accuracy, [...logits].filter((logit, row) => logit >= 0 === (correct[row] === 1)).length / rows);
  }));
  const certain = measure({ logits: Float64Array.of(800, -800), correct: Uint8Array.of(0, 1) });
  assert.equal(certain.logLoss, 800);
});

Deno.test("[N7] calibration is perfect when rates are as predicted, and off by the gap when they are not", () => {
  const even = { logits: new Float64Array(10), correct: Uint8Array.of(1, 0, 1, 0, 1, 0, 1, 0, 1, 0) };
  near(measure(even).ece, 0);
  near(measure({ ...even, correct: new Uint8Array(10).fill(1) }).ece, 0.5);
});

Deno.test("[N7] five folds give Student's interval, one fold gives none", () => {
  const { mean, margin } = estimate([1, 2, 3, 4, 5]);
  near(mean ?? NaN, 3);
  near(margin ?? 0, 2.776 * Math.sqrt(2.5 / 5));
  assert.deepEqual(estimate([0.8]), { mean: 0.8, margin: null, folds: 1 });
  assert.deepEqual(estimate([0.8, NaN]), { mean: 0.8, margin: null, folds: 1 });
  assert.deepEqual(estimate([NaN]), { mean: null, margin: null, folds: 0 });
});
