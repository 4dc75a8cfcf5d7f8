import assert from "node:assert/strict";
import fc from "fast-check";
import { type Emotion, EMOTIONS } from "../../../src/domain/affect/observation.ts";
import { measureRecognition, type ReadFace } from "../../../src/ml/emotion_evaluation/recognition_metrics.ts";

/** A face read as `answer` with `confidence`, the rest shared evenly. */
function face(label: Emotion, answer: Emotion, confidence: number): ReadFace {
  const rest = (1 - confidence) / (EMOTIONS.length - 1);
  return { label, probabilities: EMOTIONS.map((emotion) => emotion === answer ? confidence : rest) };
}

function near(got: number, expected: number): void {
  assert.ok(Math.abs(got - expected) < 1e-12, `${got}, expected ${expected}`);
}

Deno.test("[M15] accuracy, macro-F1, calibration and abstention of five faces are what they are by hand", () => {
  const metrics = measureRecognition([
    face("happy", "happy", 0.9),
    face("happy", "happy", 0.9),
    face("happy", "sad", 0.9),
    face("sad", "sad", 0.5),
    face("sad", "neutral", 0.5),
  ], 0.7);
  near(metrics.accuracy, 3 / 5);
  // happy: 2 of 3 labelled, 2 answered. sad: 1 of 2 labelled, 2 answered. No face is labelled with another class.
  near(metrics.macroF1, (4 / 5 + 2 / 4) / 2);
  // Three faces at .9 of which two are right, two at .5 of which one is.
  near(metrics.ece, (3 * (0.9 - 2 / 3) + 2 * 0) / 5);
  near(metrics.coverage, 3 / 5);
  near(metrics.accuracyAtCoverage, 2 / 3);
  assert.equal(metrics.confusion[EMOTIONS.indexOf("happy")]?.[EMOTIONS.indexOf("sad")], 1);
});

Deno.test("[M15] a certain answer counts with confidence 1, and no face at all gives NaN", () => {
  near(measureRecognition([face("fear", "fear", 1)], 0.7).ece, 0);
  near(measureRecognition([face("fear", "angry", 1)], 0.7).ece, 1);
  const none = measureRecognition([], 0.7);
  for (const value of [none.accuracy, none.macroF1, none.ece, none.coverage]) assert.ok(Number.isNaN(value));
});

const anyFace = fc.record({
  label: fc.constantFrom(...EMOTIONS),
  answer: fc.constantFrom(...EMOTIONS),
  confidence: fc.double({ min: 0.2, max: 1, noNaN: true }),
}).map(({ label, answer, confidence }) => face(label, answer, confidence));

Deno.test("[M15] of any faces the confusion counts each once and agrees with the accuracy", () => {
  fc.assert(fc.property(fc.array(anyFace, { minLength: 1 }), (faces) => {
    const { confusion, accuracy, ece, macroF1, coverage } = measureRecognition(faces, 0.7);
    assert.equal(confusion.flat().reduce((sum, count) => sum + count, 0), faces.length);
    near(confusion.reduce((sum, row, label) => sum + (row[label] ?? 0), 0) / faces.length, accuracy);
    for (const share of [ece, macroF1, coverage]) assert.ok(share >= 0 && share <= 1);
  }));
});
