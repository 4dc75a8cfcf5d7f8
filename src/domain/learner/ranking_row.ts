/** What the leaderboards know of a learner: nothing, unless they have asked to be there. */
import type { Listing } from "../aggregate.ts";
import type { LearnerState } from "./knowledge.ts";

/** The row that boards are made from, rewritten with the points. It says `hidden` and nothing else once they opted out. */
export function rankingRow({ learnerId, profile, rewards }: LearnerState): Listing | null {
  if (profile.version === 0) return null;
  if (!profile.onLeaderboards) return { ownerId: learnerId, status: "hidden", body: {} };
  const { ledger, week } = rewards;
  return {
    ownerId: learnerId,
    status: "ranked",
    body: { points: ledger.balances.learner, week: week.week, week_points: week.points },
  };
}
