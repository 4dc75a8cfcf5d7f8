/** Reviews by how likely it was that they would be remembered, and how fast the learner forgets beside that. */
import { type Interval, plainInterval, QUANTILE_90, through } from "./interval.ts";

/** Reviews whose retrievability lay in one tenth, those recalled, and the sum of their retrievabilities. */
export type RecallClass = readonly [reviews: number, recalled: number, retrievabilitySum: number];

const CLASSES = 10;
export const NO_REVIEWS: readonly RecallClass[] = Array.from({ length: CLASSES }, () => [0, 0, 0] as const);

/** @param retrievability as FSRS had it before the review, 0 to 1 */
export function withReview(
  classes: readonly RecallClass[],
  retrievability: number,
  recalled: boolean,
): readonly RecallClass[] {
  const place = Math.min(CLASSES - 1, Math.floor(retrievability * CLASSES));
  const [reviews, hits, sum] = classes[place] ?? [0, 0, 0];
  return classes.with(place, [reviews + 1, hits + (recalled ? 1 : 0), sum + retrievability]);
}

/** Shape and rate of a gamma prior with mean 1: as if about two reviews had agreed with FSRS's own curve. */
const PRIOR = 2;
/** The rate is looked for between a hundredth and a hundredfold. */
const LOG_RATE_MAX = Math.log(100);
const HALVINGS = 50;
/** A review that FSRS took as certain would say nothing whatever became of it. */
const RETRIEVABILITY_MAX = 0.9999;

/** The slope of the log posterior in the logarithm of the rate. */
function slopeAt(classes: readonly RecallClass[], rate: number): number {
  return classes.reduce((slope, [reviews, recalled, sum]) => {
    if (reviews === 0) return slope;
    const hazard = -rate * Math.log(Math.min(RETRIEVABILITY_MAX, sum / reviews));
    return slope + hazard * ((reviews - recalled) / Math.expm1(hazard) - recalled);
  }, PRIOR * (1 - rate));
}

function informationAt(classes: readonly RecallClass[], rate: number): number {
  return classes.reduce((information, [reviews, , sum]) => {
    if (reviews === 0) return information;
    const hazard = -rate * Math.log(Math.min(RETRIEVABILITY_MAX, sum / reviews));
    return information + reviews * hazard ** 2 / Math.expm1(hazard);
  }, PRIOR * rate);
}

/**
 * How fast the learner forgets beside FSRS's curve R: the rate m for which a review is recalled with probability R^m
 * (proportional hazards), so 1 is as FSRS has it and 2 twice as fast. The mode of the posterior in log m under a gamma
 * prior, with Laplace's 90% interval; the slope falls steadily, so halving finds its one root.
 */
export function forgettingRate(classes: readonly RecallClass[]): Interval {
  let [low, high] = [-LOG_RATE_MAX, LOG_RATE_MAX];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (slopeAt(classes, Math.exp(middle)) > 0) low = middle;
    else high = middle;
  }
  const logRate = (low + high) / 2;
  return through(plainInterval(logRate, QUANTILE_90 / Math.sqrt(informationAt(classes, Math.exp(logRate)))), Math.exp);
}

/** Mean probability with which FSRS expected the reviews to be recalled; null of none. */
export function expectedRecall(classes: readonly RecallClass[]): number | null {
  const reviews = classes.reduce((sum, [count]) => sum + count, 0);
  return reviews === 0 ? null : classes.reduce((total, [, , sum]) => total + sum, 0) / reviews;
}
