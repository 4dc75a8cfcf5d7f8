/** The loose ends of the sessions a learner worked on last: what their next answer, or their end, will settle. */
import type { WorkBehaviour } from "./work_behaviour.ts";

/** Sessions that may be worked on in turns; one that so many others have followed is taken as left. */
export const TRAILS_MAX = 8;

/** Plain JSON. */
export interface SessionTrail {
  readonly sessionId: string;
  /** The week that the session counts in: that of its first answer. */
  readonly week: number;
  /** What has shown in it so far. */
  readonly shown: readonly WorkBehaviour[];
  /** The session's latest answer while that is a wrong one; null otherwise. */
  readonly openError: { readonly week: number; readonly atMs: number } | null;
}

/** The trails with `trail` as the latest, and those that there is no room for any more. */
export function withTrail(
  trails: readonly SessionTrail[],
  trail: SessionTrail,
): { readonly kept: readonly SessionTrail[]; readonly left: readonly SessionTrail[] } {
  const all = [...trails.filter(({ sessionId }) => sessionId !== trail.sessionId), trail];
  return { kept: all.slice(-TRAILS_MAX), left: all.slice(0, -TRAILS_MAX) };
}
