/** Requests that name a course and perhaps a skill of it. */
import type { Courses } from "./ports.ts";
import { problem } from "./problem.ts";

/** Refuses a course, or a topic of it, that is not there. */
export async function requireTopic(courses: Courses, courseId: string, topic: string | null): Promise<void> {
  const stored = await courses.byId(courseId);
  if (!stored) {
    throw problem("course_unknown", `There is no course "${courseId}".`, {
      errors: [{ path: "course_id", message: "names no course" }],
    });
  }
  if (topic !== null && !stored.course.skills.some((skill) => skill.id === topic)) {
    throw problem("topic_unknown", `The course "${courseId}" has no skill "${topic}".`, {
      errors: [{ path: "topic", message: "names no skill of the course" }],
    });
  }
}
