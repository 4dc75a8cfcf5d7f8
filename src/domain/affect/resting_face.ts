/** What a learner's face shows when nothing is the matter: what the present one is compared with. */
import { type Emotion, EMOTIONS } from "./observation.ts";

/** Shares a resting face is taken to show before this learner's own is known: assumed. */
const RESTING_PRIOR: { readonly [emotion in Emotion]: number } = {
  angry: 0.06,
  disgust: 0.02,
  fear: 0.05,
  happy: 0.1,
  sad: 0.07,
  surprise: 0.05,
  neutral: 0.65,
};
/** How much time before the camera the prior weighs. */
const RESTING_PRIOR_MS = 60_000;
/** The learner's own is the mean of about this long, so that it may drift with light and posture. */
const RESTING_MS_MAX = 10 * 60_000;

export interface RestingFace {
  /** In the order of `EMOTIONS`, adding up to 1. */
  readonly shares: readonly number[];
  /** Time seen that the mean rests on. */
  readonly seenMs: number;
}

export const UNKNOWN_REST: RestingFace = { shares: EMOTIONS.map((emotion) => RESTING_PRIOR[emotion]), seenMs: 0 };

/** `from` moved toward `to` by `share`, 0 to 1. */
export function movedToward(from: readonly number[], to: readonly number[], share: number): readonly number[] {
  return from.map((value, i) => value + ((to[i] ?? value) - value) * share);
}

/** Running mean over time seen: `m += (x - m) hold / (prior + seen)`, `probabilities` having held for `heldMs`. */
export function withSight(rest: RestingFace, probabilities: readonly number[], heldMs: number): RestingFace {
  const seenMs = Math.min(RESTING_MS_MAX, rest.seenMs + heldMs);
  return { shares: movedToward(rest.shares, probabilities, heldMs / (RESTING_PRIOR_MS + seenMs)), seenMs };
}
