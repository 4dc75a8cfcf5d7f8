/** What is settled about a room before anybody is in it. */

/** `discussion` and `group_work`: a breakout of a lesson; `matched`: of learners who asked for a partner. */
export type RoomPurpose = "study" | "matched" | "discussion" | "group_work";

/** A learner, as the class knows them. */
export interface RoomPerson {
  readonly userId: string;
  readonly name: string;
}

export interface RoomPlan {
  readonly title: string;
  readonly purpose: RoomPurpose;
  /** Its students may be in it; those who teach it watch. */
  readonly classId: string;
  /** Tasks are items of this course; null: a room without tasks. */
  readonly courseId: string | null;
  /** Tasks are drawn among items of these skills; empty: of the whole course. */
  readonly skills: readonly string[];
  /** Learners at a time. */
  readonly sizeMax: number;
  /** `class`: any student of the class comes in while there is a place; `invited`: only who was put there. */
  readonly admission: "class" | "invited";
  /** `rotating`: each member has a part, and another one with each task. */
  readonly roles: "rotating" | "none";
  readonly turnMs: number;
  /** The live lesson whose breakout it is; null outside one. */
  readonly lessonId: string | null;
}
