/** Whose place in a lesson an event changes, so that those who watch are asked for anew. */
import type { ClassroomEvent } from "./events.ts";
import { audienceName } from "./permission.ts";

/** Both places of a student; watchers are in one of them. */
function placesOf(userId: string): readonly string[] {
  return [audienceName({ kind: "student", userId }), audienceName({ kind: "lobby", userId })];
}

/** The audiences whose watchers may see another view, or none, after `event`. */
export function regroups(event: ClassroomEvent): readonly string[] {
  if (event.type === "students_admitted") return event.userIds.flatMap(placesOf);
  if (event.type === "student_turned_away") return placesOf(event.userId);
  if (event.type !== "roster_changed") return [];
  const { upserted, removed, leftStaff } = event;
  const risen = upserted.filter(({ part }) => part !== "student").map(({ userId }) => userId);
  const moved = [...removed, ...risen].flatMap(placesOf);
  return leftStaff.length === 0 ? moved : [audienceName({ kind: "teacher" }), ...moved];
}
