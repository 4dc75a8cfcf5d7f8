/** Detects clicking through the hints to the last one instead of reading them. */
import { type Episode, episodeAt } from "./episode.ts";
import type { WorkedItem } from "./worked_item.ts";

/**
 * From the first rung to the last: in less, nobody reads a hint and tries what it says, twice. That rushing to the last
 * hint is gaming is from Aleven et al., "Toward meta-cognitive tutoring", 2006; the number is assumed.
 */
const RUSHED_MS_MAX = 10_000;

/** Items with rushed hints among the last four. */
const LOOK_BACK_ITEMS = 4;
const RUSHED_ITEMS = { onset: 2, offset: 0 } as const;

/** Whether all `rungs` hints were taken in quick succession; `givenAtMs` is worked time, one a hint. */
export function areHintsRushed(givenAtMs: readonly number[], rungs: number): boolean {
  const [first] = givenAtMs;
  const last = givenAtMs.at(-1);
  return first !== undefined && last !== undefined && givenAtMs.length === rungs && last - first < RUSHED_MS_MAX;
}

/** Items with rushed hints among those looked back on. */
export function rushedItems(recent: readonly WorkedItem[]): number {
  return recent.slice(-LOOK_BACK_ITEMS).filter(({ hintsRushed }) => hintsRushed).length;
}

/** The spell of hint abuse after the latest item. */
export function hintAbuse(before: Episode | null, recent: readonly WorkedItem[], nowMs: number): Episode | null {
  return episodeAt(before, rushedItems(recent), RUSHED_ITEMS, nowMs);
}
