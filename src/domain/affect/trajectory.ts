/** From smoothed faces to a tendency, and what it does to difficulty. */
import { stressSlopePerMinute } from "./affect_series.ts";
import { placeOf, shareOf } from "./circumplex.ts";
import {
  type EmotionWindow,
  faceAt,
  FRAME_HOLD_MS_MAX,
  negativeExcess,
  type SmoothedFace,
  SMOOTHING_MS,
  strainOf,
  stressOf,
} from "./emotion_window.ts";

/** Nothing is said of a face that was not seen for this long. */
const UNSEEN_MS_MAX = 60_000;
/** Change of stress a minute up to which the direction counts as steady. */
const STEADY_SLOPE_MAX = 0.15;

/** The success probability aimed at rises by at most this when a learner shows frustration. */
export const EASIER_SHIFT_MAX = 0.12;
/** It falls by at most this when a learner who keeps being right shows no engagement. */
export const HARDER_SHIFT_MAX = 0.08;
/** Below it, negative expression is taken for noise. */
const FRUSTRATION_EXCESS_MIN = 0.05;
/** Right answers in a row without which an unmoved face is no sign of boredom. */
const BORED_STREAK_MIN = 3;

export type Direction = "rising" | "falling" | "steady";

export interface AffectSummary {
  readonly asOfMs: number;
  /** Faces read. */
  readonly readings: number;
  readonly face: SmoothedFace;
  /** The learner's own resting shares, in the order of `EMOTIONS`. */
  readonly rest: readonly number[];
  /** -1 to 1, see `circumplex.ts`. */
  readonly valence: number;
  readonly arousal: number;
  /** Smoothed negative share above the learner's own resting face, -1 to 1; 0 is rest. */
  readonly negativeExcess: number;
  /** What is left of what was last seen, 0 to 1: 1 while a frame holds, then it fades like the face. */
  readonly freshness: number;
  /** Smoothed neutral share, 0 to 1. */
  readonly neutral: number;
  /** What the face shows, 0 to 1. */
  readonly strain: number;
  /** Strain weighed by how hard going the work is, 0 to 1. */
  readonly stress: number;
  /** Least-squares change of stress a minute when a face was last seen, faded since; 0 where too little was seen. */
  readonly slopePerMinute: number;
  /** Of stress. */
  readonly direction: Direction;
}

/** What the learner did lately: expression alone never moves difficulty all the way. */
export interface RecentWork {
  /** Right answers in a row until now. */
  readonly streak: number;
  /** Whether one of the last three items met was not answered right. */
  readonly struggled: boolean;
}

/** The tendency as of `nowMs`, the work being `hardGoing`, 0 to 1; null when no face was seen for a minute. */
export function affectSummary(window: EmotionWindow, hardGoing: number, nowMs: number): AffectSummary | null {
  if (window.faceSeenAtMs === null || nowMs - window.faceSeenAtMs > UNSEEN_MS_MAX) return null;
  const face = faceAt(window, nowMs);
  const strain = strainOf(face, window.rest);
  const freshness = Math.exp(-Math.max(0, nowMs - window.faceSeenAtMs - FRAME_HOLD_MS_MAX) / SMOOTHING_MS);
  const slope = stressSlopePerMinute(window.series) * freshness;
  return {
    asOfMs: nowMs,
    readings: window.readings,
    face,
    rest: window.rest.shares,
    ...placeOf(face.shares),
    negativeExcess: negativeExcess(face, window.rest),
    freshness,
    neutral: shareOf("neutral", face.shares),
    strain,
    stress: stressOf(strain, hardGoing),
    slopePerMinute: slope,
    direction: Math.abs(slope) <= STEADY_SLOPE_MAX ? "steady" : slope > 0 ? "rising" : "falling",
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
    return EASIER_SHIFT_MAX * summary.strain * (work.struggled ? 1 : 0.5);
  }
  if (work.streak >= BORED_STREAK_MIN) {
    return -HARDER_SHIFT_MAX * Math.min(1, Math.max(0, summary.neutral)) * summary.freshness;
  }
  return 0;
}
