/** Courses in memory, least recently used out first, so that choosing an item rarely waits for the store. */
import type { CourseEdition } from "../domain/curriculum/course.ts";

const COURSES_CACHED_MAX = 64;

export type ReadCourse = (courseId: string) => Promise<CourseEdition | null>;

export class CourseCache {
  readonly #read: ReadCourse;
  readonly #coursesMax: number;
  /** Oldest use first, since a Map keeps the order of insertion. Loads under way are shared. */
  readonly #courses = new Map<string, Promise<CourseEdition | null>>();

  /** @param read asked once for each course that is not in memory */
  constructor(read: ReadCourse, coursesMax: number = COURSES_CACHED_MAX) {
    this.#read = read;
    this.#coursesMax = coursesMax;
  }

  /** The course, or null when there is none. Rejects when the store does; neither of these is remembered. */
  async byId(courseId: string): Promise<CourseEdition | null> {
    const loading = this.#courses.get(courseId) ?? this.#read(courseId);
    this.#keep(courseId, loading);
    try {
      const edition = await loading;
      if (edition === null) this.#forget(courseId, loading);
      return edition;
    } catch (error) {
      this.#forget(courseId, loading);
      throw error;
    }
  }

  /** To be called once a course has changed or gone; a load that was under way is not kept. */
  invalidate(courseId: string): void {
    this.#courses.delete(courseId);
  }

  #keep(courseId: string, loading: Promise<CourseEdition | null>): void {
    this.#courses.delete(courseId);
    this.#courses.set(courseId, loading);
    if (this.#courses.size <= this.#coursesMax) return;
    for (const oldest of this.#courses.keys()) {
      this.#courses.delete(oldest);
      return;
    }
  }

  #forget(courseId: string, loading: Promise<CourseEdition | null>): void {
    if (this.#courses.get(courseId) === loading) this.#courses.delete(courseId);
  }
}
