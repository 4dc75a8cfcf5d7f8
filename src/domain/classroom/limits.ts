/** The numbers a lesson's rules rest on, with their units. */

/** What an answer may take from a connected learner's device to its turn here; more of its own word is not believed. */
export const GRACE_MS = 3_000;

export const OFFLINE_MS_MAX = 120_000;

/** Devices of one person that were lost and that none has made up for; the latest are remembered. */
export const LOST_DEVICES_KEPT = 10;

/** A question's usual time. */
export const LIMIT_MS_MIN = 5_000;
export const LIMIT_MS_MAX = 3_600_000;

/** A teacher's "pens down in". */
export const CLOSE_IN_MS_MAX = 60_000;

/** More time, at once. */
export const EXTEND_MS_MAX = 3_600_000;

/** Of a reason that a teacher gives. */
export const REASON_LENGTH_MAX = 300;

export const MESSAGE_LENGTH_MAX = 500;

/** Learners in one room. */
export const ROOM_SIZE_MIN = 2;
export const ROOM_SIZE_MAX = 8;

/** A teacher's "back in". */
export const RECALL_IN_MS_MAX = 600_000;

/** A question reopened more often is asked anew. */
export const REOPENS_MAX = 3;

/** A closed lesson may be reopened so long after, and so often. */
export const LESSON_REOPEN_MS_MAX = 24 * 3_600_000;
export const LESSON_REOPENS_MAX = 5;

/** A lesson in which nobody of its staff has done anything for so long is closed by the clock. */
export const LESSON_IDLE_MS_MAX = 12 * 3_600_000;

/** Of a question's different wrong answers, and of a lesson's; the rarest are let go. */
export const WRONG_ANSWERS_MAX = 200;

/** Standings shown to the class. */
export const STANDINGS_MAX = 10;

/** Skills on a lesson's heat map. */
export const SKILLS_MAX = 200;

/** Ids of items asked in this lesson that are remembered, so that none is drawn twice. */
export const ASKED_MAX = 200;

/** Reveals whose answers wait to be told to the learners' own records. */
export const UNTOLD_MAX = 8;

/** Messages of the teacher that a lesson's view still shows. */
export const NOTICES_KEPT = 10;
