/** What a learner's face showed lately, smoothed: bounded, in memory, never an event. */
import { type AffectSeries, withLevel } from "./affect_series.ts";
import { negativeShare, placeOf } from "./circumplex.ts";
import type { EmotionObservation } from "./observation.ts";
import { movedToward, type RestingFace, UNKNOWN_REST, withSight } from "./resting_face.ts";

/** Time constant of the smoothing: half of what was seen is forgotten after 17 s. */
export const SMOOTHING_MS = 25_000;
/** One frame speaks for no longer than this; in a longer gap nothing is known. */
export const FRAME_HOLD_MS_MAX = 2_000;
/** After forgetting, readings that were still under way are turned away for this long. */
export const FORGET_SETTLE_MS = 5_000;
/** An older capture time than the newest's means a late frame; older by more than this, a clock that was set back. */
const CAPTURE_DISORDER_MS_MAX = 10_000;

/** Excess of negative expression over the learner's own rest at which strain is whole. */
const STRAIN_EXCESS_FULL = 0.4;
/** Strain counts as high from the first level on, and until it falls below the second. */
const STRAIN_HIGH = 0.5;
const STRAIN_HIGH_ENDS = 0.35;

/** The smoothed face at one moment. */
export interface SmoothedFace {
  readonly atMs: number;
  /** In the order of `EMOTIONS`, adding up to 1; without a face they fall back to the learner's rest. */
  readonly shares: readonly number[];
  /** How much of the shares was seen rather than taken for rest, 0 to 1. */
  readonly coverage: number;
}

export interface EmotionWindow {
  /** Null before the first frame. */
  readonly face: SmoothedFace | null;
  /** What the newest frame showed and goes on showing for a while; null when it showed no face that can be trusted. */
  readonly held: readonly number[] | null;
  readonly rest: RestingFace;
  /** Faces read. */
  readonly readings: number;
  readonly faceSeenAtMs: number | null;
  /** By the learner's device's clock. */
  readonly newestCapturedAtMs: number | null;
  /** Since when strain has been high; null while it is not. */
  readonly strainedSinceMs: number | null;
  readonly series: AffectSeries;
  /** Null unless the learner had it all forgotten in this session. */
  readonly forgottenAtMs: number | null;
}

export const EMPTY_WINDOW: EmotionWindow = {
  face: null,
  held: null,
  rest: UNKNOWN_REST,
  readings: 0,
  faceSeenAtMs: null,
  newestCapturedAtMs: null,
  strainedSinceMs: null,
  series: [],
  forgottenAtMs: null,
};

/** Time since the newest frame that it held for, and the rest of it. A clock that was set back gives no time. */
function sinceFrame(
  { face, held }: EmotionWindow,
  nowMs: number,
): { readonly heldMs: number; readonly blindMs: number } {
  const gapMs = face === null ? 0 : Math.max(0, nowMs - face.atMs);
  const heldMs = held === null ? 0 : Math.min(gapMs, FRAME_HOLD_MS_MAX);
  return { heldMs, blindMs: gapMs - heldMs };
}

/**
 * Exponential smoothing over uneven gaps: `s += (1 - e^(-held/τ)) (x - s)` for the time a frame holds, then toward rest
 * in the same way for what is left (Eckner, "Algorithms for unevenly spaced time series", 2017).
 */
export function faceAt(window: EmotionWindow, nowMs: number): SmoothedFace {
  const { heldMs, blindMs } = sinceFrame(window, nowMs);
  const { shares, coverage } = window.face ?? { shares: window.rest.shares, coverage: 0 };
  const seen = 1 - Math.exp(-heldMs / SMOOTHING_MS);
  const faded = 1 - Math.exp(-blindMs / SMOOTHING_MS);
  const held = movedToward(shares, window.held ?? shares, seen);
  return {
    atMs: nowMs,
    shares: movedToward(held, window.rest.shares, faded),
    coverage: (coverage + (1 - coverage) * seen) * (1 - faded),
  };
}

/** Smoothed negative share above the learner's own rest, -1 to 1. */
export function negativeExcess(face: SmoothedFace, rest: RestingFace): number {
  return negativeShare(face.shares) - negativeShare(rest.shares);
}

/** How strained the face looks against its own rest, 0 to 1: what it shows, not what is felt. */
export function strainOf(face: SmoothedFace, rest: RestingFace): number {
  return Math.min(1, Math.max(0, negativeExcess(face, rest) / STRAIN_EXCESS_FULL));
}

/**
 * Stress index, 0 to 1: expression counts by half, and whole only where the work is hard going (`hardGoing`, 0 to 1)
 * too, since faces alone tell little (Barrett et al. 2019). The half is assumed.
 */
export function stressOf(strain: number, hardGoing: number): number {
  return strain * (0.5 + 0.5 * hardGoing);
}

/** Since when strain has been high as of `nowMs`, `sinceMs` being what was known before, with hysteresis. */
export function strainedSince(sinceMs: number | null, strain: number, nowMs: number): number | null {
  if (sinceMs === null) return strain >= STRAIN_HIGH ? nowMs : null;
  return strain >= STRAIN_HIGH_ENDS ? Math.min(sinceMs, nowMs) : null;
}

/** The window with one more frame. Without a face, or where the model abstains, what was seen only fades. */
export function observed(
  window: EmotionWindow,
  { reading, capturedAtMs }: EmotionObservation,
  hardGoing: number,
  nowMs: number,
): EmotionWindow {
  const { heldMs } = sinceFrame(window, nowMs);
  const sight = window.held === null ? null : { shares: window.held, isStrained: window.strainedSinceMs !== null };
  const rest = sight === null ? window.rest : withSight(window.rest, sight, heldMs);
  const face = faceAt(window, nowMs);
  const strain = strainOf(face, rest);
  const seen = {
    ...window,
    face,
    rest,
    newestCapturedAtMs: capturedAtMs,
    strainedSinceMs: strainedSince(window.strainedSinceMs, strain, nowMs),
  };
  if (reading.kind === "no_face" || !reading.confident) return { ...seen, held: null };
  const level = { ...placeOf(face.shares), stress: stressOf(strain, hardGoing) };
  return {
    ...seen,
    held: reading.probabilities,
    readings: window.readings + 1,
    faceSeenAtMs: nowMs,
    series: withLevel(window.series, level, nowMs),
  };
}

/** Why an observation must not enter the window, or null when it may. */
export function refusesObservation(
  { forgottenAtMs, newestCapturedAtMs }: EmotionWindow,
  { capturedAtMs }: EmotionObservation,
  nowMs: number,
): "forgotten" | "superseded" | null {
  if (forgottenAtMs !== null && nowMs - forgottenAtMs < FORGET_SETTLE_MS) return "forgotten";
  const lateMs = (newestCapturedAtMs ?? capturedAtMs) - capturedAtMs;
  return lateMs > 0 && lateMs <= CAPTURE_DISORDER_MS_MAX ? "superseded" : null;
}

/** Nothing is left but the time of forgetting. */
export function forgotten(atMs: number): EmotionWindow {
  return { ...EMPTY_WINDOW, forgottenAtMs: atMs };
}

/** The window without anything that a face showed, not even its mean: what the journal alone would give. */
export function withoutReadings({ forgottenAtMs }: EmotionWindow): EmotionWindow {
  return { ...EMPTY_WINDOW, forgottenAtMs };
}

/** What outlives a pause: how this learner's face rests, so that it need not be learnt again. */
export function restOnly({ rest, forgottenAtMs }: EmotionWindow): EmotionWindow {
  return { ...EMPTY_WINDOW, rest, forgottenAtMs };
}
