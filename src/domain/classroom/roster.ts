/** Who belongs to a class, as a lesson is told it. */

/** The owner is the one `teacher`; co-teachers can do all that concerns a lesson. */
export type ClassPart = "teacher" | "co_teacher" | "student";

/** One admitted member of the class. */
export interface RosterEntry {
  readonly userId: string;
  /** As the class knows them. */
  readonly name: string;
  readonly part: ClassPart;
  /** Times the limit of a question, 1 to 5; null: no limit. Speed never counts, so neither do these in any score. */
  readonly timeMultiplier: number | null;
  /** Whether class and learner both let them stand on a leaderboard. */
  readonly onLeaderboards: boolean;
}

/** Members told to a lesson; more are refused. */
export const ROSTER_MAX = 600;
