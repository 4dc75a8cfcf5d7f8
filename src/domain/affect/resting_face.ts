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
/** How much a strained moment counts once the rest is known: assumed. */
const STRAINED_WEIGHT = 0.1;

export interface RestingFace {
  /** In the order of `EMOTIONS`, adding up to 1. */
  readonly shares: readonly number[];
  /** Time seen that the mean rests on. */
  readonly seenMs: number;
  /** Time seen without strain, as far as it matters. */
  readonly calmMs: number;
}

/** What was seen, in the order of `EMOTIONS`, and whether it looked strained against the rest. */
interface Sight {
  readonly shares: readonly number[];
  readonly isStrained: boolean;
}

export const UNKNOWN_REST: RestingFace = {
  shares: EMOTIONS.map((emotion) => RESTING_PRIOR[emotion]),
  seenMs: 0,
  calmMs: 0,
};

/** `from` moved toward `to` by `share`, 0 to 1. */
export function movedToward(from: readonly number[], to: readonly number[], share: number): readonly number[] {
  return from.map((value, i) => value + ((to[i] ?? value) - value) * share);
}

/**
 * Running mean over time seen: `m += (x - m) hold / (prior + seen)`, what was seen having held for `heldMs`. Once the
 * learner's own rest is known, strain hardly changes it: what it is measured against must not melt into it. A face that
 * was strained from the first is taken for one that rests so.
 */
export function withSight(rest: RestingFace, { shares, isStrained }: Sight, heldMs: number): RestingFace {
  const weighedMs = isStrained && rest.calmMs >= RESTING_PRIOR_MS ? STRAINED_WEIGHT * heldMs : heldMs;
  const seenMs = Math.min(RESTING_MS_MAX, rest.seenMs + weighedMs);
  return {
    shares: movedToward(rest.shares, shares, weighedMs / (RESTING_PRIOR_MS + seenMs)),
    seenMs,
    calmMs: Math.min(RESTING_PRIOR_MS, rest.calmMs + (isStrained ? 0 : heldMs)),
  };
}
