/** Courses' statistics in memory for a few seconds, so that a choice rarely asks the course's actor. */
import { statisticsFromView } from "../domain/course/view.ts";
import type { ListedItem } from "../domain/course/messages.ts";
import type { Course } from "../domain/curriculum/course.ts";
import type { PublishedStatistics } from "../domain/adaptive/published_statistics.ts";
import type { Json } from "../domain/json.ts";

/** How old the statistics of a choice may be. */
export const STATISTICS_AGE_MS_MAX = 3_000;
const COURSES_CACHED_MAX = 64;

/** The way to the course's actor. */
export interface CourseDoor {
  /** Its statistics as the engine sees them; null when the actor cannot be read now. */
  read(courseId: string): Promise<Json | null>;
  /** Gives items their numbers; whether it was done. */
  list(courseId: string, items: readonly ListedItem[]): Promise<boolean>;
}

interface Kept {
  readonly readAtMs: number;
  readonly published: PublishedStatistics;
  /** The edition of which every item is known to have its number. */
  readonly covers: Course;
}

export class StatisticsCache {
  readonly #door: CourseDoor;
  readonly #nowMs: () => number;
  /** Oldest use first, since a Map keeps the order of insertion. */
  readonly #kept = new Map<string, Kept>();
  /** Reads under way, shared by all who ask meanwhile; one an edition. */
  readonly #reading = new Map<Course, Promise<PublishedStatistics | null>>();

  constructor(door: CourseDoor, nowMs: () => number) {
    this.#door = door;
    this.#nowMs = nowMs;
  }

  /**
   * Statistics in which every item of `course` has its place, at most {@link STATISTICS_AGE_MS_MAX} old, or older while
   * the actor cannot be read. Null when there are none.
   */
  async of(course: Course): Promise<PublishedStatistics | null> {
    const kept = this.#kept.get(course.id);
    const usable = kept?.covers === course ? kept : null;
    if (usable !== null && this.#nowMs() - usable.readAtMs < STATISTICS_AGE_MS_MAX) return usable.published;
    const reading = this.#reading.get(course) ?? this.#readShared(course);
    return await reading ?? usable?.published ?? null;
  }

  async #readShared(course: Course): Promise<PublishedStatistics | null> {
    const reading = this.#read(course);
    this.#reading.set(course, reading);
    try {
      const published = await reading;
      if (published !== null) this.#keep(course, published);
      return published;
    } finally {
      this.#reading.delete(course);
    }
  }

  async #read(course: Course): Promise<PublishedStatistics | null> {
    const published = await this.#published(course.id);
    if (published === null) return null;
    const unlisted = course.items.filter((item) => published.placeOf(item) === null);
    if (unlisted.length === 0) return published;
    const items = unlisted.map(({ id, skills, difficulty }) => ({ id, skills, difficulty }));
    return await this.#door.list(course.id, items) ? await this.#published(course.id) : null;
  }

  async #published(courseId: string): Promise<PublishedStatistics | null> {
    const view = await this.#door.read(courseId);
    return view === null ? null : statisticsFromView(view);
  }

  #keep(course: Course, published: PublishedStatistics): void {
    this.#kept.delete(course.id);
    this.#kept.set(course.id, { readAtMs: this.#nowMs(), published, covers: course });
    if (this.#kept.size <= COURSES_CACHED_MAX) return;
    for (const oldest of this.#kept.keys()) {
      this.#kept.delete(oldest);
      return;
    }
  }
}
