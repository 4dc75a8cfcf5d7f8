/** Badges as authored: data, not code. */
import type { Figure } from "./figures.ts";

/** Far more than anyone would author; what a learner has earned is kept whole. */
export const BADGES_MAX = 128;
export const BADGE_POINTS_MAX = 500;

export type BadgeCriterion =
  | { readonly kind: "reach"; readonly figure: Figure; readonly atLeast: number }
  /** Given by the quests whose templates name the badge. */
  | { readonly kind: "quest" };

export interface BadgeRule {
  readonly id: string;
  readonly title: string;
  /** What it takes, in one plain sentence for the learner. */
  readonly description: string;
  /** Whole points paid with it, 0 to {@link BADGE_POINTS_MAX}. */
  readonly points: number;
  readonly criterion: BadgeCriterion;
}

/**
 * What the points of a badge are booked for: its award. One that was lost and earned again is awarded anew.
 *
 * @param timesLost before this award
 */
export function awardId(badgeId: string, timesLost: number): string {
  return timesLost === 0 ? badgeId : `${badgeId}.${timesLost + 1}`;
}

export interface EarnedBadge {
  readonly badgeId: string;
  readonly atMs: number;
  /** The quest that gave it; null where its own rule did, or where that was not recorded. */
  readonly questId: string | null;
}
