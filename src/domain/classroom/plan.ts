/** What a lesson is to be, as its teacher opens it. */

/**
 * `self_paced`: everybody works in a session of their own; `teacher_paced`: the teacher asks the class;
 * `mixed`: both.
 */
export type LessonMode = "self_paced" | "teacher_paced" | "mixed";

export interface LessonPlan {
  readonly classId: string;
  readonly courseId: string;
  readonly title: string;
  readonly mode: LessonMode;
  /** `lobby`: students wait until a teacher lets them in. */
  readonly admission: "open" | "lobby";
  /** The usual time for a question, 5 s to an hour; null: until the teacher closes it. */
  readonly questionLimitMs: number | null;
  /** Whether an answer may be replaced before its deadline; else the first one stands. */
  readonly answersMayChange: boolean;
  /** How long after its deadline an answer of a learner who was disconnected is waited for, 0 to two minutes. */
  readonly offlineMsMax: number;
  /** Whether standings are shown at all: the class and the teacher both allow it. */
  readonly leaderboard: boolean;
}
