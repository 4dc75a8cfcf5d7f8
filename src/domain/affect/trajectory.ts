/** From single frames to a tendency: time-aware smoothing, its slope, and what it does to difficulty. */
import { type EmotionWindow, type FaceReading, FRAME_HOLD_MS_MAX, negativeShare, shareOf } from "./emotion_window.ts";

/** Time constant of the smoothing: half of what was seen is forgotten after 17 s. */
const SMOOTHING_MS = 25_000;
/** Change of valence a minute below which the tendency counts as steady. */
const STEADY_SLOPE_MAX = 0.2;
/** Fewer readings give no slope. */
const SLOPE_READINGS_MIN = 5;

/** The success probability aimed at rises by at most this when a learner shows frustration. */
export const EASIER_SHIFT_MAX = 0.12;
/** It falls by at most this when a learner who keeps being right shows no engagement. */
export const HARDER_SHIFT_MAX = 0.08;
/** Excess of negative expression over the learner's own rest at which the easier shift is whole. */
const FRUSTRATION_EXCESS_FULL = 0.4;
/** Below it, expression is taken for noise. */
const FRUSTRATION_EXCESS_MIN = 0.05;
/** Right answers in a row without which an unmoved face is no sign of boredom. */
const BORED_STREAK_MIN = 3;

export interface AffectSummary {
  readonly readings: number;
  /** Smoothed happy minus negative share, -1 to 1. */
  readonly valence: number;
  /** Smoothed negative share above the learner's own resting face, -1 to 1; 0 is rest. */
  readonly negativeExcess: number;
  /** Smoothed neutral share, 0 to 1. */
  readonly neutral: number;
  /** Least-squares change of valence a minute; 0 with too few readings. */
  readonly slopePerMinute: number;
  readonly trend: "rising" | "falling" | "steady";
}

/** What the learner did lately: expression alone never moves difficulty all the way. */
export interface RecentWork {
  /** Right answers in a row until now. */
  readonly streak: number;
  /** Whether one of the last three items met was not answered right. */
  readonly struggled: boolean;
}

function valenceOf(probabilities: readonly number[]): number {
  return shareOf("happy", probabilities) - negativeShare(probabilities);
}

/**
 * Exponential smoothing over uneven gaps, resting at 0: `s += (1 - e^(-hold/τ)) (x - s)` for the time a frame holds,
 * `s *= e^(-rest/τ)` for what is left of the gap (Eckner, "Algorithms for unevenly spaced time series", 2017).
 */
function smoothed(readings: readonly FaceReading[], nowMs: number, signal: (reading: FaceReading) => number): number {
  let level = 0;
  for (const [i, reading] of readings.entries()) {
    const untilMs = readings[i + 1]?.atMs ?? Math.max(nowMs, reading.atMs + FRAME_HOLD_MS_MAX);
    const gapMs = Math.max(0, untilMs - reading.atMs);
    const holdMs = Math.min(gapMs, FRAME_HOLD_MS_MAX);
    level += (1 - Math.exp(-holdMs / SMOOTHING_MS)) * (signal(reading) - level);
    level *= Math.exp(-(gapMs - holdMs) / SMOOTHING_MS);
  }
  return level;
}

function slopePerMinute(readings: readonly FaceReading[]): number {
  const first = readings[0];
  if (first === undefined || readings.length < SLOPE_READINGS_MIN) return 0;
  const points = readings.map((r) => ({ t: (r.atMs - first.atMs) / 60_000, v: valenceOf(r.probabilities) }));
  const tMean = points.reduce((sum, p) => sum + p.t, 0) / points.length;
  const vMean = points.reduce((sum, p) => sum + p.v, 0) / points.length;
  const spread = points.reduce((sum, p) => sum + (p.t - tMean) ** 2, 0);
  if (spread === 0) return 0;
  return points.reduce((sum, p) => sum + (p.t - tMean) * (p.v - vMean), 0) / spread;
}

/** The window's tendency as of `nowMs`; null when no face was seen in it. */
export function affectSummary(window: EmotionWindow, nowMs: number): AffectSummary | null {
  const { readings, restingNegative } = window;
  if (readings.length === 0) return null;
  const slope = slopePerMinute(readings);
  return {
    readings: readings.length,
    valence: smoothed(readings, nowMs, (r) => valenceOf(r.probabilities)),
    negativeExcess: smoothed(readings, nowMs, (r) => negativeShare(r.probabilities) - restingNegative),
    neutral: smoothed(readings, nowMs, (r) => shareOf("neutral", r.probabilities)),
    slopePerMinute: slope,
    trend: Math.abs(slope) <= STEADY_SLOPE_MAX ? "steady" : slope > 0 ? "rising" : "falling",
  };
}

/**
 * How far the success probability aimed at moves: up (easier) with frustration, whole only where the work struggles
 * too; down (harder) with an unmoved face during a run of right answers. Within
 * [-{@link HARDER_SHIFT_MAX}, {@link EASIER_SHIFT_MAX}]; it changes what comes next, never a grade.
 */
export function targetShift(summary: AffectSummary | null, work: RecentWork): number {
  if (summary === null) return 0;
  if (summary.negativeExcess > FRUSTRATION_EXCESS_MIN) {
    const strength = Math.min(1, summary.negativeExcess / FRUSTRATION_EXCESS_FULL);
    return EASIER_SHIFT_MAX * strength * (work.struggled ? 1 : 0.5);
  }
  if (work.streak >= BORED_STREAK_MIN) return -HARDER_SHIFT_MAX * Math.min(1, Math.max(0, summary.neutral));
  return 0;
}
