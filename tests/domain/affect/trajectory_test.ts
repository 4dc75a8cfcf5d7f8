/** Tendency of expressions: smoothing over uneven time, and the bounds of what it moves. */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type EmotionWindow,
  EMPTY_WINDOW,
  FRAME_HOLD_MS_MAX,
  observed,
} from "../../../src/domain/affect/emotion_window.ts";
import { SERIES_BUCKET_MS, SERIES_SPAN_MS } from "../../../src/domain/affect/affect_series.ts";
import { EMOTIONS } from "../../../src/domain/affect/observation.ts";
import { affectSummary } from "../../../src/domain/affect/trajectory.ts";

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
  return observed(window, { capturedAtMs: atMs, model: "test", source: "server", reading }, 0, atMs);
}

function lastMs({ face }: EmotionWindow): number {
  return face?.atMs ?? 0;
}

function held(emotion: Emotion, seconds: number, stepMs: number, from: EmotionWindow = EMPTY_WINDOW): EmotionWindow {
  const startMs = lastMs(from) + stepMs;
  const count = Math.round(seconds * 1_000 / stepMs);
  return Array.from({ length: count }, (_, i) => startMs + i * stepMs)
    .reduce((window, atMs) => seen(window, showing(emotion), atMs), from);
}

Deno.test("[M21] the same expression over the same time gives the same tendency at any frame rate", () => {
  const levels = [250, 500, 1_000, 2_000].map((stepMs) => {
    const window = held("happy", 15, stepMs);
    return affectSummary(window, 0, lastMs(window) + stepMs)?.valence ?? 0;
  });
  for (const level of levels) assert.ok(Math.abs(level - (levels[0] ?? 0)) < 0.06, levels.join(" "));
});

Deno.test("[M21] a tendency fades toward rest while no face is seen", () => {
  const window = held("happy", 20, 1_000, held("neutral", 300, 1_000));
  const valences = [0, 10_000, 30_000].map((laterMs) =>
    affectSummary(window, 0, lastMs(window) + FRAME_HOLD_MS_MAX + laterMs)?.valence ?? 0
  );
  assert.deepEqual([...valences].sort((a, b) => b - a), valences);
  assert.ok((valences[2] ?? 1) < (valences[0] ?? 0) / 2);
});

Deno.test("[M21] a face that always looks displeased becomes its own rest", () => {
  const sudden = held("sad", 30, 1_000, held("neutral", 300, 1_000));
  const always = held("sad", 900, 1_000);
  const excess = (window: EmotionWindow) => affectSummary(window, 0, lastMs(window))?.negativeExcess ?? 0;
  assert.ok(excess(sudden) > 0.3 && excess(always) < 0.1, `${excess(sudden)} ${excess(always)}`);
});

Deno.test("[M21] strain that lasts does not become the rest that it is measured against", () => {
  const calm = held("neutral", 120, 1_000);
  const stress = (window: EmotionWindow) => affectSummary(window, 1, lastMs(window))?.stress ?? 0;
  const long = held("sad", 600, 1_000, calm);
  assert.ok(stress(long) > 0.9, `${stress(long)} after ten minutes`);
  const again = held("sad", 60, 1_000, held("neutral", 60, 1_000, long));
  assert.ok(stress(again) > 0.9, `${stress(again)} the second time`);
});

Deno.test("[M21] the direction is that of stress: rising, falling, steady", () => {
  const direction = (window: EmotionWindow) => affectSummary(window, 1, lastMs(window))?.direction;
  assert.equal(direction(held("angry", 20, 1_000, held("happy", 15, 1_000))), "rising");
  assert.equal(direction(held("neutral", 45, 1_000, held("sad", 60, 1_000))), "falling");
  assert.equal(direction(held("neutral", 30, 1_000)), "steady");
  assert.equal(affectSummary(EMPTY_WINDOW, 0, 0), null);
});

Deno.test("[M21] whatever was seen, every figure stays within its bounds and is finite", () => {
  const readings = fc.array(
    fc.tuple(fc.constantFrom(...EMOTIONS), fc.nat(70_000), fc.double({ min: 0.2, max: 1, noNaN: true })),
    {
      maxLength: 80,
      size: "max",
    },
  );
  fc.assert(fc.property(readings, fc.nat(90_000), (shown, laterMs) => {
    let atMs = 0;
    let window = EMPTY_WINDOW;
    for (const [emotion, gapMs, share] of shown) {
      atMs += gapMs;
      window = seen(window, showing(emotion, share), atMs);
    }
    const summary = affectSummary(window, 1, atMs + laterMs);
    if (summary === null) return;
    for (const level of [summary.valence, summary.arousal, summary.negativeExcess]) {
      assert.ok(level >= -1 && level <= 1, String(level));
    }
    for (const share of [summary.stress, summary.strain, summary.neutral, summary.face.coverage]) {
      assert.ok(share >= 0 && share <= 1, String(share));
    }
    assert.ok(Number.isFinite(summary.slopePerMinute));
  }));
});

Deno.test("[M21] where the model abstains or no face is seen, what was seen only fades", () => {
  const window = held("sad", 20, 1_000);
  const atMs = lastMs(window) + 1_000;
  const box = { x: 0, y: 0, width: 9, height: 9 };
  const doubt = { kind: "face", probabilities: showing("happy"), confident: false, faces: 1, box } as const;
  const faces = [doubt, { kind: "no_face" } as const].map((reading) =>
    observed(window, { capturedAtMs: atMs, model: "test", source: "server", reading }, 0, atMs)
  );
  for (const after of faces) {
    const later = affectSummary(after, 0, atMs + 10_000);
    assert.deepEqual(later, affectSummary(faces[0] ?? EMPTY_WINDOW, 0, atMs + 10_000));
    assert.ok((later?.negativeExcess ?? 1) < (affectSummary(after, 0, atMs)?.negativeExcess ?? 0));
    assert.equal(after.readings, window.readings);
  }
});

Deno.test("[M21] gaps and clocks that jump leave every figure finite, and one frame moves little", () => {
  const calm = held("neutral", 60, 500);
  const jumps = [0, -3_600_000, 3_600_000, -1, 0, 86_400_000, -86_400_000];
  let window = calm;
  for (const jumpMs of jumps) {
    const atMs = lastMs(window) + jumpMs;
    window = seen(window, showing("angry", 1), atMs);
    const summary = affectSummary(window, 1, atMs);
    assert.ok(summary !== null && summary.stress < 0.2 && Number.isFinite(summary.slopePerMinute), String(jumpMs));
    assert.equal(window.strainedSinceMs, null);
  }
  const starts = window.series.map(({ startMs }) => startMs);
  assert.deepEqual(starts, [...starts].sort((a, b) => a - b));
});

Deno.test("[B3] [M21] hours of frames keep a series of a quarter of an hour", () => {
  const window = held("neutral", 2 * 3_600, 1_000);
  assert.equal(window.series.length, SERIES_SPAN_MS / SERIES_BUCKET_MS);
  assert.equal(window.series[0]?.frames, SERIES_BUCKET_MS / 1_000);
});
