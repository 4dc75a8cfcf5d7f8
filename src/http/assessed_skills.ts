/** A learner's skills as their answers and they themself assess them, by the statistics of every course they worked in. */
import type { PublishedStatistics } from "../domain/adaptive/published_statistics.ts";
import { courseAddress } from "../domain/course/messages.ts";
import { statisticsFromView } from "../domain/course/view.ts";
import { ENGINE } from "../domain/engine.ts";
import { assessedCourses, type AssessedSkill, assessSkills } from "../domain/learner/assess_skills.ts";
import type { LearnerState } from "../domain/learner/knowledge.ts";
import type { ActorDoor } from "./actor_door.ts";

/** Null when they cannot be read now: the learner's ratings then tell. */
async function statisticsOf(actors: Pick<ActorDoor, "read">, courseId: string): Promise<PublishedStatistics | null> {
  const outcome = await actors.read(courseAddress(courseId), ENGINE);
  return outcome.kind === "read" ? statisticsFromView(outcome.state) : null;
}

export async function assessedSkills(
  actors: Pick<ActorDoor, "read">,
  learner: LearnerState,
): Promise<readonly AssessedSkill[]> {
  const courses = assessedCourses(learner);
  const published = await Promise.all(courses.map((courseId) => statisticsOf(actors, courseId)));
  return courses.flatMap((courseId, i) => assessSkills(learner, courseId, published[i] ?? null));
}
