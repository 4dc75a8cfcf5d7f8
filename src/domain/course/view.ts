/** A course's statistics as they are shown: to staff in brief, to the engine in full. */
import { type Json, plainJson } from "../json.ts";
import { type PublishedStatistics, publishedStatistics } from "../adaptive/published_statistics.ts";
import type { CourseState } from "./state.ts";

export function courseSummary({ courseId, version, counted, gathered }: CourseState): Json {
  return {
    course_id: courseId,
    version,
    answers: counted.statistics.answers + gathered.length,
    items: counted.catalogue.items.length,
    skills: counted.catalogue.skills.length,
  };
}

/** Everything; {@link statisticsFromView} reads it back. */
export function statisticsView(course: CourseState): Json {
  return plainJson(course);
}

function isCourse(view: unknown): view is CourseState {
  return typeof view === "object" && view !== null && "counted" in view && "gathered" in view && "version" in view;
}

/** The statistics out of {@link statisticsView}; null when `view` is not such a view. */
export function statisticsFromView(view: Json): PublishedStatistics | null {
  return isCourse(view) ? publishedStatistics(view.version, view.counted, view.gathered) : null;
}
