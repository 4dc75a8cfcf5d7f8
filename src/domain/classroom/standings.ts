/** Who stands where by points; only those whom class and learner let stand there. */
import type { Standing } from "./events.ts";
import { STANDINGS_MAX } from "./limits.ts";
import type { OpenedLesson } from "./state.ts";
import { roundShare } from "../session/tally.ts";

/** The best ten, equal points on one rank, by name within it; none where the lesson has no leaderboard. */
export function standings({ plan, students }: OpenedLesson): readonly Standing[] {
  if (!plan.leaderboard) return [];
  const ranked = Object.values(students).filter(({ onLeaderboards, answered }) => onLeaderboards && answered > 0);
  ranked.sort((a, b) => b.points - a.points || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return ranked.slice(0, STANDINGS_MAX).map(({ userId, name, points }) => ({
    userId,
    name,
    rank: 1 + ranked.filter((other) => other.points > points).length,
    points: roundShare(points),
  }));
}
