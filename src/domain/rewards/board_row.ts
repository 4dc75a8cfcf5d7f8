/** Places on leaderboards. */

export interface BoardRow {
  readonly learnerId: string;
  readonly username: string;
  readonly points: number;
  /** From 1; equal points share a rank. */
  readonly rank: number;
}

/** A team with a quest under way, all of whom are on the boards. */
export interface TeamBoardRow {
  /** Of their quest. */
  readonly title: string;
  readonly usernames: readonly string[];
  /** The mean of its members' points, to whole ones. */
  readonly points: number;
  readonly rank: number;
  /** Whether the learner who asks is in it. */
  readonly isOwn: boolean;
}
