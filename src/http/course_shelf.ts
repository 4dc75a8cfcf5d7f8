/** What authors do with courses: put them on the shelf, replace them, take them off. */
import type { Course } from "../domain/curriculum/course.ts";
import type { Principal } from "../domain/principal.ts";
import type { CourseChecker } from "./course_checker.ts";
import type { EdgeHooks } from "./edge_hooks.ts";
import { expectedVersion } from "./expected_version.ts";
import type { Courses, StoredCourse } from "./ports.ts";
import { notFound, problem, type ProblemError } from "./problem.ts";

export interface CourseShelfParts {
  readonly courses: Courses;
  readonly checker: CourseChecker;
  readonly hooks: Pick<EdgeHooks, "onCourseChanged">;
  readonly clock: { nowMs(): number };
}

export class CourseShelf {
  constructor(private readonly parts: CourseShelfParts) {}

  async byId(id: string): Promise<StoredCourse> {
    const stored = await this.parts.courses.byId(id);
    if (!stored) throw notFound();
    return stored;
  }

  /** A new course, owned by its author. Throws `course_faulty` with every fault (C1). */
  async add(author: Principal, course: Course): Promise<StoredCourse> {
    const { courses, clock, hooks } = this.parts;
    await this.#requireSound(course);
    if (await courses.create(course, author.userId, clock.nowMs()) === "id_taken") {
      throw problem("course_id_taken", `Choose an id other than "${course.id}".`);
    }
    hooks.onCourseChanged(course.id);
    return await this.byId(course.id);
  }

  /** Replaces the version the author has seen, named by its entity tag. */
  async replace(author: Principal, id: string, course: Course, ifMatch: string | undefined): Promise<StoredCourse> {
    const { courses, clock, hooks } = this.parts;
    requireOwn(author, await this.byId(id));
    const expected = expectedVersion(ifMatch, "course");
    if (expected === null) throw mismatch();
    if (course.id !== id) {
      throw problem("validation_failed", "The course's id must be the one in the path.", {
        errors: [{ path: "id", message: `is not "${id}"` }],
      });
    }
    await this.#requireSound(course);
    switch (await courses.replace(course, expected, clock.nowMs())) {
      case "missing":
        throw notFound();
      case "conflict":
        throw mismatch();
      case "replaced":
        hooks.onCourseChanged(id);
        return await this.byId(id);
    }
  }

  async remove(author: Principal, id: string): Promise<void> {
    requireOwn(author, await this.byId(id));
    if (!(await this.parts.courses.remove(id))) throw notFound();
    this.parts.hooks.onCourseChanged(id);
  }

  async #requireSound(course: Course): Promise<void> {
    const errors = await this.parts.checker.check(course);
    if (errors.length === 0) return;
    const faults = errors.length === 1 ? "a fault" : `${errors.length} faults`;
    throw problem("course_faulty", `The course has ${faults}; see errors.`, { errors });
  }
}

/** The strong entity tag of a course's version (RFC 9110 §8.8.3). */
export function versionTag(version: number): string {
  return `"${version}"`;
}

function mismatch(): ProblemError {
  return problem("version_mismatch", "Someone has changed the course since; read it again and repeat the change.");
}

/** Authors keep their own courses; those that came with the server belong to administrators. */
function requireOwn(author: Principal, stored: StoredCourse): void {
  if (author.role === "admin" || stored.ownerId === author.userId) return;
  throw problem("forbidden", "Only its owner or an administrator may change this course.");
}
