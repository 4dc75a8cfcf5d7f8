/** How much a room may hold, and what its settings may be. */

/** Learners in a room at a time. */
export const SIZE_MIN = 2;
export const SIZE_MAX = 8;
/** Open rooms that a student may be in when they open another. */
export const ROOMS_OPEN_MAX = 10;
/** Learners who have ever been in it. */
export const MEMBERS_EVER_MAX = 40;
export const TITLE_LENGTH_MAX = 120;
export const SKILLS_MAX = 20;

export const MESSAGE_LENGTH_MAX = 500;
export const EXPLANATION_LENGTH_MIN = 20;
export const EXPLANATION_LENGTH_MAX = 2_000;
/** What one member may write within a minute. */
export const MESSAGES_A_MINUTE_MAX = 30;
/** Ever written into one room. */
export const MESSAGES_MAX = 5_000;
/** Messages in the view, the latest ones; earlier ones are read from the journal. */
export const MESSAGES_KEPT = 200;
/** Characters of them. */
export const CHARACTERS_KEPT = 60_000;
/** Texts held back that the staff is shown. */
export const HELD_KEPT = 50;
/** Texts of one member held back, one after the other, before they may write no more. */
export const HELD_BEFORE_MUTED = 5;

export const REASON_LENGTH_MAX = 300;
/** Reports that wait for the staff, and settled ones that are still shown. */
export const REPORTS_OPEN_MAX = 50;
export const REPORTS_SETTLED_KEPT = 50;
/** Messages before and after one that is reported, shown with it. */
export const CONTEXT_MESSAGES = 5;

export const STARS_MAX = 5;
/** Explanations of one member in one room that can be on their record. */
export const EXPLANATIONS_COUNTED_MAX = 3;
/** What a peer has to think of an explanation before it is on its writer's record. */
export const STARS_COUNTED_MIN = 3;

/** Of what one has to bring in before the room is on their record as learnt together. */
export const CONTRIBUTIONS_MIN = 3;
/** For whose turn it is in a task. */
export const TURN_MS_MIN = 15_000;
export const TURN_MS_MAX = 900_000;
export const TURN_MS_DEFAULT = 120_000;
/** Turns that each may have in a task on which the room does not agree. */
export const ROUNDS_MAX = 2;
/** Tasks of one room. */
export const TASKS_MAX = 100;
/** Tasks that are over and still shown. */
export const TASKS_KEPT = 10;

/** A room in which no member has done anything for so long ends. */
export const SILENCE_MS_MAX = 20 * 60_000;
/** However lively it is. */
export const ROOM_MS_MAX = 12 * 3_600_000;
/** What a word may take from its writer's device to the room that has been recalled meanwhile. */
export const WORDS_GRACE_MS = 3_000;
/** Least time between two reports to the room's lesson of nothing but more words. */
export const REPORT_EVERY_MS = 3_000;
