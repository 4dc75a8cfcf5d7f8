/** Tendency of expressions: smoothing over uneven time, and the bounds of what it moves. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { type EmotionWindow, EMPTY_WINDOW, observed } from "../../../src/domain/affect/emotion_window.ts";
import { EMOTIONS } from "../../../src/domain/affect/observation.ts";
import {
  affectSummary,
  EASIER_SHIFT_MAX,
  HARDER_SHIFT_MAX,
  targetShift,
} from "../../../src/domain/affect/trajectory.ts";

type Emotion = typeof EMOTIONS[number];

function showing(emotion: Emotion, share = 0.88): readonly number[] {
  return EMOTIONS.map((name) => name === emotion ? share : (1 - share) / 6);
}

function seen(window: EmotionWindow, probabilities: readonly number[], atMs: number): EmotionWindow {
  const reading = {
    kind: "face",
    probabilities,
    confident: true,
    faces: 1,
    box: { x: 0, y: 0, width: 9, height: 9 },
  } as const;
  return observed(window, { capturedAtMs: atMs, model: "test", reading }, atMs);
}

function held(emotion: Emotion, seconds: number, stepMs: number, from: EmotionWindow = EMPTY_WINDOW): EmotionWindow {
  const startMs = (from.readings.at(-1)?.atMs ?? 0) + stepMs;
  const count = Math.round(seconds * 1_000 / stepMs);
  return Array.from({ length: count }, (_, i) => startMs + i * stepMs)
    .reduce((window, atMs) => seen(window, showing(emotion), atMs), from);
}

Deno.test("[M2] the same expression over the same time gives the same tendency at any frame rate", () => {
  const levels = [250, 500, 1_000, 2_000].map((stepMs) => {
    const window = held("happy", 15, stepMs);
    return affectSummary(window, (window.readings.at(-1)?.atMs ?? 0) + stepMs)?.valence ?? 0;
  });
  for (const level of levels) assert.ok(Math.abs(level - (levels[0] ?? 0)) < 0.06, levels.join(" "));
});

Deno.test("[M2] a tendency fades toward rest while no face is seen", () => {
  const window = held("happy", 20, 1_000);
  const lastMs = window.readings.at(-1)?.atMs ?? 0;
  const valences = [0, 10_000, 30_000].map((laterMs) => affectSummary(window, lastMs + laterMs)?.valence ?? 0);
  assert.deepEqual([...valences].sort((a, b) => b - a), valences);
  assert.ok((valences[2] ?? 1) < (valences[0] ?? 0) / 2);
});

Deno.test("[M2] a face that always looks displeased becomes its own rest", () => {
  const sudden = held("sad", 30, 1_000, held("neutral", 300, 1_000));
  const always = held("sad", 900, 1_000);
  const excess = (window: EmotionWindow) =>
    affectSummary(window, window.readings.at(-1)?.atMs ?? 0)?.negativeExcess ?? 0;
  assert.ok(excess(sudden) > 0.3 && excess(always) < 0.1, `${excess(sudden)} ${excess(always)}`);
});

Deno.test("[M2] the trend follows valence: rising, falling, steady", () => {
  const trend = (window: EmotionWindow) => affectSummary(window, window.readings.at(-1)?.atMs ?? 0)?.trend;
  assert.equal(trend(held("happy", 15, 1_000, held("sad", 15, 1_000))), "rising");
  assert.equal(trend(held("angry", 15, 1_000, held("happy", 15, 1_000))), "falling");
  assert.equal(trend(held("neutral", 30, 1_000)), "steady");
  assert.equal(affectSummary(EMPTY_WINDOW, 0), null);
});

Deno.test("[E6] whatever was seen, the shift stays within its stated bounds and is finite", () => {
  const readings = fc.array(
    fc.tuple(fc.constantFrom(...EMOTIONS), fc.nat(70_000), fc.double({ min: 0.2, max: 1, noNaN: true })),
    {
      maxLength: 80,
      size: "max",
    },
  );
  fc.assert(fc.property(readings, fc.nat(90_000), fc.nat(9), fc.boolean(), (shown, laterMs, streak, struggled) => {
    let atMs = 0;
    let window = EMPTY_WINDOW;
    for (const [emotion, gapMs, share] of shown) {
      atMs += gapMs;
      window = seen(window, showing(emotion, share), atMs);
    }
    const summary = affectSummary(window, atMs + laterMs);
    const shift = targetShift(summary, { streak, struggled });
    assert.ok(shift >= -HARDER_SHIFT_MAX && shift <= EASIER_SHIFT_MAX, String(shift));
    for (const level of summary === null ? [] : [summary.valence, summary.negativeExcess]) {
      assert.ok(level >= -1 && level <= 1, String(level));
    }
  }));
});

Deno.test("[E6] frustration counts whole only where the work struggles too", () => {
  const window = held("angry", 30, 1_000);
  const summary = affectSummary(window, 31_000);
  const whole = targetShift(summary, { streak: 0, struggled: true });
  const half = targetShift(summary, { streak: 0, struggled: false });
  assert.ok(whole > 0.08);
  assert.equal(half, whole / 2);
  assert.equal(targetShift(null, { streak: 9, struggled: false }), 0);
});
