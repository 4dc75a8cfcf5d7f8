/** What was revealed of a question, as each audience may see it. */
import type { Json } from "../json.ts";
import type { Standing } from "./events.ts";
import type { ClassroomAudience } from "./permission.ts";

/** Students are told names and whether a row is their own, no ids. */
export function standingsData(standings: readonly Standing[], audience: ClassroomAudience): readonly Json[] {
  return standings.map(({ userId, name, rank, points }) =>
    audience.kind === "teacher"
      ? { user_id: userId, name, rank, points }
      : { name, rank, points, is_you: userId === audience.userId }
  );
}
