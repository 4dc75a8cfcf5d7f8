/** A spell of one behaviour, with its own start: it begins above one threshold and ends below a lower one. */

export interface Episode {
  readonly sinceMs: number;
}

/** The episode at `nowMs`: begun on reaching `onset`, kept while above `offset`. */
export function episodeAt(
  before: Episode | null,
  count: number,
  thresholds: { readonly onset: number; readonly offset: number },
  nowMs: number,
): Episode | null {
  if (before === null) return count >= thresholds.onset ? { sinceMs: nowMs } : null;
  return count > thresholds.offset ? before : null;
}
