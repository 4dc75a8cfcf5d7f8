/** When a class's matching has something to do next, worked out from its state alone. */
import { GATHER_MS, PATIENCE_MS } from "./limits.ts";
import { GROUP_SIZE_MIN } from "./search.ts";
import { type MatchingState, openSearches, type Search } from "./state.ts";

/** From when on a smaller group than was wished for will do. */
export function patientUntilMs({ sinceMs, wish }: Search): number {
  return wish.size === GROUP_SIZE_MIN ? sinceMs : sinceMs + PATIENCE_MS;
}

/** When somebody's course is to be looked at for their sake; null where nothing has changed for them. */
function roundDueMs(search: Search): number | null {
  const { ready, consideredAtMs } = search;
  if (ready === null) return null;
  if (consideredAtMs === null) return ready.atMs + GATHER_MS;
  const patientUntil = patientUntilMs(search);
  return consideredAtMs < patientUntil ? patientUntil : null;
}

/** Whether a round is to be held for their sake now. */
export function isDue(search: Search, nowMs: number): boolean {
  return (roundDueMs(search) ?? Infinity) <= nowMs;
}

/** Courses in which a round is to be held now. */
export function coursesDue(state: MatchingState, nowMs: number): readonly string[] {
  return [...new Set(openSearches(state).filter((search) => isDue(search, nowMs)).map(({ wish }) => wish.courseId))];
}

/** Milliseconds since the Unix epoch; null when nobody waits. */
export function nextDueMs(state: MatchingState): number | null {
  const due = openSearches(state).flatMap((search) => [search.expiresAtMs, roundDueMs(search) ?? Infinity]);
  return due.length === 0 ? null : Math.min(...due);
}
