/** From smoothed faces to a tendency. */
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
