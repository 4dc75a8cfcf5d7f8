/** Detects answers that were clicked rather than thought of. */
import { type Episode, episodeAt } from "./episode.ts";
import { plausibleMsMin } from "./reading_time.ts";
import type { UsualTime, WorkedItem } from "./worked_item.ts";

/**
 * Normative threshold: quicker than a tenth of the usual time, and never judged so at over 10 s (Wise and Ma, "Setting
 * response time thresholds for a CAT item pool", 2012; there the item's usual time, here the learner's own).
 */
const HASTY_SHARE_OF_USUAL = 0.1;
const HASTY_MS_MAX = 10_000;
/** Answers that the learner's own time must rest on. */
const USUAL_ANSWERS_MIN = 3;

/** Hasty wrong answers among the last five: gaming by guessing shows in runs (Baker, Corbett and Koedinger 2004). */
const LOOK_BACK_ITEMS = 5;
const GUESSES = { onset: 3, offset: 1 } as const;

/** Whether an answer, or a skip, came too soon to rest on the question. */
export function isHasty(workedMs: number, prompt: string, usual: UsualTime | null): boolean {
  const own = usual === null || usual.answers < USUAL_ANSWERS_MIN ? 0 : usual.ms * HASTY_SHARE_OF_USUAL;
  return workedMs < Math.min(HASTY_MS_MAX, Math.max(plausibleMsMin(prompt), own));
}

/** Hasty wrong answers among those looked back on; a right one, however quick, is no guess. */
export function rapidGuesses(recent: readonly WorkedItem[]): number {
  return recent.slice(-LOOK_BACK_ITEMS).filter(({ hasty, outcome }) => hasty && outcome === "wrong").length;
}

/** The spell of rapid guessing after the latest item. */
export function rapidGuessing(before: Episode | null, recent: readonly WorkedItem[], nowMs: number): Episode | null {
  return episodeAt(before, rapidGuesses(recent), GUESSES, nowMs);
}
