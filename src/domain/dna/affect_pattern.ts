/** What a learner's face showed over their sessions, from summaries kept with consent: for their eyes alone. */
import { type Emotion, EMOTIONS } from "../affect/observation.ts";
import type { Interval } from "./interval.ts";
import { NO_SPREAD, type Spread, studentInterval, withValue } from "./spread.ts";

/** One session's expressions are alike, so a session is one sample however long it was. */
export const AFFECT_SESSIONS_MIN = 5;

/** A summary of about a minute. */
export interface AffectMinute {
  readonly sessionId: string;
  /** Mean probabilities in the order of {@link EMOTIONS}; null where no face was seen. */
  readonly means: readonly number[] | null;
}

export type AffectPattern =
  & { readonly sessions: number }
  & (
    | { readonly status: "ok"; readonly emotions: readonly (Interval & { readonly emotion: Emotion })[] }
    | { readonly status: "not_enough_data" }
  );

function sessionMeans(minutes: readonly AffectMinute[], emotion: number): readonly number[] {
  const bySession = new Map<string, Spread>();
  for (const { sessionId, means } of minutes) {
    const mean = means?.[emotion];
    if (mean !== undefined) bySession.set(sessionId, withValue(bySession.get(sessionId) ?? NO_SPREAD, mean));
  }
  return [...bySession.values()].map(([, mean]) => mean);
}

/** Mean probability of each expression over sessions, with Student's 90% interval within 0 and 1. */
export function affectPattern(minutes: readonly AffectMinute[]): AffectPattern {
  const sessions = sessionMeans(minutes, 0).length;
  if (sessions < AFFECT_SESSIONS_MIN) return { status: "not_enough_data", sessions };
  const emotions = EMOTIONS.map((emotion, i) => {
    const { value, low, high } = studentInterval(sessionMeans(minutes, i).reduce(withValue, NO_SPREAD));
    return { emotion, value, low: Math.max(0, low), high: Math.min(1, high) };
  });
  return { status: "ok", sessions, emotions };
}
