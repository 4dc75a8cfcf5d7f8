/** Boards of those who asked to be on them, made from the listing rows that their own events rewrite. */
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { BoardRow, TeamBoardRow } from "../domain/rewards/board_row.ts";
import type { Leaderboards, Page } from "../http/ports.ts";
import { numberPosition, pageOf } from "./cursor.ts";
import type { Tables } from "./tables.ts";

/** Points of all time, or those of the week where the row has any. */
function pointsIn(week: number | null): RawBuilder<number> {
  if (week === null) return sql<number>`(listed.body->>'points')::bigint`;
  return sql<
    number
  >`case when (listed.body->>'week')::int = ${week} then (listed.body->>'week_points')::bigint else 0 end`;
}

/**
 * Everyone on the board. Who is away, has opted out, is a student of a class without leaderboards or is kept off them by
 * a teacher of theirs is on none. Rosters decide: who waits to be let into a class, or has left it, is no part of it.
 */
function shown(week: number | null, classId: string | null): RawBuilder<Omit<BoardRow, "rank">> {
  const inClass = classId === null ? sql`true` : sql`exists (
    select from class_member as place
    where place.class_id = ${classId} and place.user_id = listed.owner_id
      and place.part = 'student' and place.is_admitted
  )`;
  return sql`
    select listed.owner_id as "learnerId", app_user.username, ${pointsIn(week)} as points
    from listing as listed join app_user on app_user.id = listed.owner_id
    where listed.kind = 'learner' and listed.status = 'ranked' and app_user.is_active and ${inClass}
      and not exists (
        select from class_member as place join school_class on school_class.id = place.class_id
        where place.user_id = listed.owner_id and place.part = 'student' and place.is_admitted
          and not (place.leaderboards_allowed and school_class.leaderboards_allowed)
      )`;
}

/** The same, placed: equal points share a rank, and keep among themselves the order of their ids. */
function placed(week: number | null, classId: string | null): RawBuilder<BoardRow & { place: number }> {
  return sql`
    select counted.*, rank() over (order by points desc) as rank,
      row_number() over (order by points desc, "learnerId") as place
    from (${shown(week, classId)}) as counted`;
}

/** Teams with a quest under way, of at least two, all of whom are on the board; placed by their members' mean. */
function placedTeams(week: number | null, learnerId: string): RawBuilder<TeamBoardRow & { place: number }> {
  return sql`
    select counted.*, rank() over (order by points desc) as rank,
      row_number() over (order by points desc, team_id) as place
    from (
      select team.owner_id as team_id, team.body->>'title' as title, round(avg(one.points))::int as points,
        json_agg(one.username order by one.username) as usernames,
        bool_or(member.id = ${learnerId}) as "isOwn"
      from listing as team
      cross join lateral json_array_elements_text(team.body->'members') as member(id)
      left join (${shown(week, null)}) as one on one."learnerId" = member.id
      where team.kind = 'teamquest' and team.status = 'open'
      group by team.owner_id, team.body->>'title'
      having count(*) >= 2 and count(one."learnerId") = count(*)
    ) as counted`;
}

export class PostgresLeaderboards implements Leaderboards {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async around(
    learnerId: string,
    classId: string | null,
    week: number | null,
    reach: number,
  ): Promise<readonly BoardRow[]> {
    const { rows } = await sql<BoardRow>`
      with board as (${placed(week, classId)})
      select "learnerId", username, points, rank from board
      where abs(place - (select place from board where "learnerId" = ${learnerId})) <= ${reach}
      order by place`.execute(this.#db);
    return rows;
  }

  async teamsAround(learnerId: string, week: number | null, reach: number): Promise<readonly TeamBoardRow[]> {
    const { rows } = await sql<TeamBoardRow>`
      with board as (${placedTeams(week, learnerId)})
      select title, usernames, points, rank, "isOwn" from board
      where exists (select from board as own where own."isOwn" and abs(board.place - own.place) <= ${reach})
      order by place`.execute(this.#db);
    return rows;
  }

  /** Throws BadCursorError. */
  async ofClass(
    classId: string,
    week: number | null,
    cursor: string | null,
    limit: number,
  ): Promise<Page<BoardRow>> {
    const after = cursor === null ? null : numberPosition(cursor);
    const onwards = after === null
      ? sql`true`
      : sql`(points < ${after.key} or (points = ${after.key} and "learnerId" > ${after.id}))`;
    const { rows } = await sql<BoardRow>`
      select "learnerId", username, points, rank from (${placed(week, classId)}) as board
      where ${onwards} order by place limit ${limit + 1}`.execute(this.#db);
    return pageOf(rows, limit, ({ points, learnerId }) => ({ key: points, id: learnerId }));
  }
}
