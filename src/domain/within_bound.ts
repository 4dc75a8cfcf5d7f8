/** Keeps a list within a bound by letting go of the entries worth least. */

/** What is left when there were too many, so that room need not be made at every entry. */
const KEPT_SHARE = 0.75;

/** `entries` as they are while there are at most `max`; otherwise three quarters of `max`, those worth most. */
export function withinBound<Entry>(
  entries: readonly Entry[],
  max: number,
  worthOf: (entry: Entry) => number,
): readonly Entry[] {
  if (entries.length <= max) return entries;
  return entries
    .map((entry) => ({ entry, worth: worthOf(entry) }))
    .sort((a, b) => b.worth - a.worth)
    .slice(0, Math.floor(max * KEPT_SHARE))
    .map(({ entry }) => entry);
}
