/** What a learner says of a figure about them: kept and shown beside it, never in its place. */
import type { Modality } from "../curriculum/rendered_item.ts";

export const NOTE_LENGTH_MAX = 300;

/** Four hours each, of the learner's own clock. */
export const DAY_BANDS = ["00-04", "04-08", "08-12", "12-16", "16-20", "20-24"] as const;
export type DayBand = typeof DAY_BANDS[number];
const BAND_HOURS = 4;

/** Figures that are one number with its interval. */
export const SCALARS = [
  "mastery",
  "retention",
  "forgetting_rate",
  "pace",
  "persistence",
  "hint_use",
  "consistency",
  "rapid_guessing",
  "hint_abuse",
  "unproductive_struggle",
  "idle",
] as const;
export type Scalar = typeof SCALARS[number];
/** Figures that compare groups of answers with the rest. */
export const COMPARISONS = ["best_hours", "presentations"] as const;
export type ComparisonName = typeof COMPARISONS[number];
export type FigureName = Scalar | ComparisonName;

/** The learner's word on one figure. */
export type Correction =
  & {
    /** In their own words, at most {@link NOTE_LENGTH_MAX} characters; null when they add none. */
    readonly note: string | null;
  }
  & (
    | { readonly figure: Scalar; readonly says: "higher" | "lower" | "as_shown" }
    /** When they work best: reviews are told of in these hours. */
    | { readonly figure: "best_hours"; readonly bands: readonly DayBand[] }
    /** What they like best to be shown, where their profile says nothing of it. */
    | { readonly figure: "presentations"; readonly modality: Modality }
  );

export type DatedCorrection = Correction & { readonly atMs: number };

/** The band that an hour of the day, 0 to 23, lies in. */
export function bandOf(hour: number): number {
  return Math.floor(hour / BAND_HOURS);
}

export function correctionOf(corrections: readonly DatedCorrection[], figure: FigureName): DatedCorrection | null {
  return corrections.find((one) => one.figure === figure) ?? null;
}

/** The hours' bands that the learner has named as theirs; none when they have not. */
export function ownBands(corrections: readonly DatedCorrection[]): readonly DayBand[] {
  const word = correctionOf(corrections, "best_hours");
  return word?.figure === "best_hours" ? word.bands : [];
}

/** The presentation that the learner has named; none when they have not. */
export function ownPresentations(corrections: readonly DatedCorrection[]): readonly Modality[] {
  const word = correctionOf(corrections, "presentations");
  return word?.figure === "presentations" ? [word.modality] : [];
}

/** With the word on one figure replaced; null takes it back. */
export function withCorrection(
  corrections: readonly DatedCorrection[],
  figure: FigureName,
  word: DatedCorrection | null,
): readonly DatedCorrection[] {
  const others = corrections.filter((one) => one.figure !== figure);
  return word === null ? others : [...others, word];
}
