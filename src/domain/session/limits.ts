/** The numbers a session's rules rest on, with their units. */

/** Items met that a session remembers; older ones live on in the counts and the journal. */
export const HISTORY_MAX = 50;

export const TARGET_ITEMS_MAX = 500;

/** Without a learner's command for this long, a session pauses by itself. */
export const IDLE_MS_MAX = 15 * 60_000;

/** Without one for this long, the silence is noticed and told to staff. */
export const IDLE_NOTICE_MS = 3 * 60_000;

/** Choices that aim at easier items once that was suggested or asked for. */
export const EASIER_ITEMS = 2;

/** By how much the success probability aimed at rises for them. */
export const EASIER_SHIFT = 0.12;

/** By how much it falls for a learner of whom the work asks too little. */
export const HARDER_SHIFT = 0.08;

/** Share of the score that each hint takes off: an item right after three hints scores 0.4. */
const HINT_COST_SHARE = 0.2;

export const HINT_RUNGS = 3;

/** Tries to choose an item before the session pauses and says so. */
export const CHOICE_ATTEMPTS_MAX = 3;

/** Waits before the second try, doubled before each further one. */
export const CHOICE_RETRY_MS_MIN = 1_000;

/** Of a teacher's reason for an override; the learner reads it with the item. */
export const OVERRIDE_REASON_LENGTH_MAX = 300;

/** What a right answer is worth after `hintsUsed` hints, 0 to 1. */
export function scoreShareAfterHints(hintsUsed: number): number {
  return 1 - HINT_COST_SHARE * hintsUsed;
}
