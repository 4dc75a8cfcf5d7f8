/** How much a class's matching may hold, and how long anything waits there. */

/** Learners who look for partners at a time. */
export const SEARCHES_MAX = 300;
/** Of those ready in one course, how many are looked at together, the longest waiting first. */
export const CONSIDERED_MAX = 24;
/** Up to so many are matched by trying everything. */
export const EXACT_MAX = 10;
/** Passes over all exchanges after a greedy start. */
export const PASSES_MAX = 8;

export const WISHED_SKILLS_MAX = 20;
/** Skills of a course that are read of each learner, those wished for first. */
export const SKILLS_READ_MAX = 60;
export const NOT_AGAIN_MAX = 20;

export const WAIT_MS_MIN = 10_000;
export const WAIT_MS_MAX = 600_000;
export const WAIT_MS_DEFAULT = 180_000;
/** From somebody's coming to the next matching, so that there is somebody to choose from. */
export const GATHER_MS = 3_000;
/** For so long a larger group is waited for before a smaller one will do. */
export const PATIENCE_MS = 30_000;

/** How searches ended, kept to be asked for; the latest ones. */
export const OUTCOMES_KEPT = 600;
/** Pairs who have met, remembered to bring others together first; the latest ones. */
export const PAIRS_KEPT = 2_000;
