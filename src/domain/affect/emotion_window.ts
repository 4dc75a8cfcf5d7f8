/** The last minute of what a learner's face showed: bounded, in memory, never an event. */
import { type EmotionObservation, EMOTIONS } from "./observation.ts";

export const READINGS_MAX = 64;
const READINGS_SPAN_MS_MAX = 60_000;
/** After forgetting, readings that were still under way are turned away for this long. */
export const FORGET_SETTLE_MS = 5_000;

/** One frame speaks for no longer than this; in a longer gap nothing is known. */
export const FRAME_HOLD_MS_MAX = 2_000;

/** Negative share a resting face is taken to show before this learner's own is known. */
const RESTING_NEGATIVE_PRIOR = 0.2;
/** How much time before the camera the prior weighs. */
const RESTING_PRIOR_MS = 60_000;
/** The learner's own resting face is the mean of about this long, so that it may drift with light and posture. */
const RESTING_MS_MAX = 10 * 60_000;

export interface FaceReading {
  /** The server's time. */
  readonly atMs: number;
  /** The learner's device's time. */
  readonly capturedAtMs: number;
  /** In the order of `EMOTIONS`. */
  readonly probabilities: readonly number[];
}

export interface EmotionWindow {
  /** Oldest first. */
  readonly readings: readonly FaceReading[];
  /** Running mean of this learner's negative share over time seen: what the present one is compared with. */
  readonly restingNegative: number;
  /** Time seen that the mean rests on. */
  readonly restingMs: number;
  /** Null unless the learner had it all forgotten in this session. */
  readonly forgottenAtMs: number | null;
}

export const EMPTY_WINDOW: EmotionWindow = {
  readings: [],
  restingNegative: RESTING_NEGATIVE_PRIOR,
  restingMs: 0,
  forgottenAtMs: null,
};

/** Probability that a face shows anger, disgust, fear or sadness. */
export function negativeShare(probabilities: readonly number[]): number {
  return EMOTIONS.reduce((sum, emotion, i) => {
    const negative = emotion === "angry" || emotion === "disgust" || emotion === "fear" || emotion === "sad";
    return negative ? sum + (probabilities[i] ?? 0) : sum;
  }, 0);
}

/** Probability that a face shows `emotion`. */
export function shareOf(emotion: typeof EMOTIONS[number], probabilities: readonly number[]): number {
  return probabilities[EMOTIONS.indexOf(emotion)] ?? 0;
}

/** The window without what is too old to be kept. */
export function recentOnly(window: EmotionWindow, nowMs: number): EmotionWindow {
  const readings = window.readings.filter((reading) => nowMs - reading.atMs <= READINGS_SPAN_MS_MAX);
  return readings.length === window.readings.length ? window : { ...window, readings };
}

/** The window with one more observation, cut to its bounds; a frame without a face only lets old readings go. */
export function observed(window: EmotionWindow, observation: EmotionObservation, nowMs: number): EmotionWindow {
  const recent = recentOnly(window, nowMs);
  if (observation.reading.kind === "no_face") return recent;
  const { probabilities } = observation.reading;
  const readings = [...recent.readings, { atMs: nowMs, capturedAtMs: observation.capturedAtMs, probabilities }];
  const sinceMs = nowMs - (window.readings.at(-1)?.atMs ?? -Infinity);
  const heldMs = Math.min(FRAME_HOLD_MS_MAX, Math.max(0, sinceMs));
  const restingMs = Math.min(RESTING_MS_MAX, window.restingMs + heldMs);
  const share = heldMs / (RESTING_PRIOR_MS + restingMs);
  return {
    readings: readings.slice(-READINGS_MAX),
    restingNegative: window.restingNegative + (negativeShare(probabilities) - window.restingNegative) * share,
    restingMs,
    forgottenAtMs: window.forgottenAtMs,
  };
}

/** Why an observation must not enter the window, or null when it may. */
export function refusesObservation(
  window: EmotionWindow,
  observation: EmotionObservation,
  nowMs: number,
): "forgotten" | "superseded" | null {
  if (window.forgottenAtMs !== null && nowMs - window.forgottenAtMs < FORGET_SETTLE_MS) return "forgotten";
  const newest = window.readings.at(-1);
  return newest && observation.capturedAtMs < newest.capturedAtMs ? "superseded" : null;
}

/** Nothing is left but the time of forgetting. */
export function forgotten(atMs: number): EmotionWindow {
  return { ...EMPTY_WINDOW, forgottenAtMs: atMs };
}

/** The window without anything that a face showed, not even its mean: what the journal alone would give. */
export function withoutReadings(window: EmotionWindow): EmotionWindow {
  return { ...EMPTY_WINDOW, forgottenAtMs: window.forgottenAtMs };
}
