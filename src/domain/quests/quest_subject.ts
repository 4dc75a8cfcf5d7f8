/** What a quest is about: a course, or skills of it. */
export interface QuestSubject {
  /** Null where any course counts. */
  readonly courseId: string | null;
  /** Ids of skills of the course; empty where all of them count. */
  readonly skills: readonly string[];
}
