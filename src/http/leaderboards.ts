/** Boards as people may see them: learners who are on them, staff those of classes that are theirs (G8). */
import type { Principal } from "../domain/principal.ts";
import { weekAt } from "../domain/rewards/rewards.ts";
import type { BoardRow, TeamBoardRow } from "../domain/rewards/board_row.ts";
import type { Leaderboards, Page } from "./ports.ts";
import { notFound, problem } from "./problem.ts";
import type { SchoolClasses } from "./school_classes.ts";

export type BoardSpan = "week" | "all_time";

/** Rows shown above and below one's own. */
const NEIGHBOURS = 5;
const ALONE = 0;

export interface BoardParts {
  readonly leaderboards: Leaderboards;
  readonly classes: SchoolClasses;
  readonly clock: { nowMs(): number };
}

export class LeaderboardReader {
  constructor(private readonly parts: BoardParts) {}

  /** The caller with those just above and below. Throws 403 for who is on no board. */
  async around({ userId }: Principal, span: BoardSpan): Promise<readonly BoardRow[]> {
    const rows = await this.parts.leaderboards.around(userId, null, this.#week(span), NEIGHBOURS);
    if (rows.length > 0) return rows;
    throw problem(
      "not_on_leaderboard",
      "Set `on_leaderboards` in your profile to be seen there and see others; classes may go without leaderboards.",
    );
  }

  /** The caller's teams with those just above and below. Throws 403 for who has none on the board. */
  async teamsAround({ userId }: Principal, span: BoardSpan): Promise<readonly TeamBoardRow[]> {
    const rows = await this.parts.leaderboards.teamsAround(userId, this.#week(span), NEIGHBOURS);
    if (rows.length > 0) return rows;
    throw problem(
      "not_on_leaderboard",
      "A team is on the board while its quest is under way and all of its members, two at least, are on leaderboards.",
    );
  }

  /** A class's whole board. Throws 404 for learners who are not on it and for staff whose class it is not. */
  async ofClass(
    principal: Principal,
    classId: string,
    span: BoardSpan,
    cursor: string | null,
    limit: number,
  ): Promise<Page<BoardRow>> {
    const { leaderboards, classes } = this.parts;
    const week = this.#week(span);
    if (principal.role !== "student") await classes.byId(principal, classId);
    else if ((await leaderboards.around(principal.userId, classId, week, ALONE)).length === 0) throw notFound();
    return await leaderboards.ofClass(classId, week, cursor, limit);
  }

  #week(span: BoardSpan): number | null {
    return span === "week" ? weekAt(this.parts.clock.nowMs()) : null;
  }
}
