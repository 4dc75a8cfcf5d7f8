/** What proposing quests to a learner goes by, read once. */
import type { KnowledgeReading } from "../adaptive/knowledge_reading.ts";
import type { Pace } from "../adaptive/preferences.ts";
import type { Course } from "../curriculum/course.ts";
import type { LevelBand } from "./template.ts";

/** One of the learner's courses. */
export interface QuestCourse {
  readonly course: Course;
  readonly reading: KnowledgeReading;
  /** Ids of the skills due for review, most overdue first. */
  readonly due: readonly string[];
  /** Ids of the skills that the learner wants to reach. */
  readonly goals: readonly string[];
}

export interface QuestSituation {
  readonly band: LevelBand;
  readonly pace: Pace | null;
  readonly interests: readonly string[];
  /** The one worked on last comes first; none where there is none. */
  readonly courses: readonly QuestCourse[];
  /** Templates of which a quest is offered or under way. */
  readonly taken: ReadonlySet<string>;
  /** When a quest of each template last ended. */
  readonly endedAtMs: ReadonlyMap<string, number>;
  /** A student of some class: somebody judges what they write, and there are rooms to learn in with others. */
  readonly isTaught: boolean;
  readonly nowMs: number;
}
