/** A candidate's score: a weighted sum of named terms, rounded for storage first, so that a receipt adds up exactly. */

/** In the order in which they are added up. */
export const SCORE_TERMS = [
  /** 1 less the distance of the predicted probability from the target. */
  "target",
  /** What is left to learn of the item's skills, 0 to 1. */
  "gain",
  /** 1 for practising what the session or the learner aims at, less for what that rests on, 0 for what lies beside. */
  "goal",
  /** How much the answer would tell, 0 to 1. */
  "information",
  /** How much of a skill due for review is likely forgotten, 0 to 1. */
  "review",
  /** 1 for the item of the turn before, fading with the turns since. */
  "repeatedItem",
  /** Share of the last three items that practised the same skills. */
  "repeatedSkills",
  /** 1 for practising a skill that the learner has never answered. */
  "newSkill",
  /** How far oftener than its equals the course serves it, 0 to 1. */
  "exposure",
  /** 1 for the presentation that the learner likes best, less for the next. */
  "presentation",
  /** 1 for touching an interest of the learner. */
  "interest",
  /** Steps of authored difficulty away from the learner's wish. */
  "wishSteps",
] as const;
export type ScoreTerm = typeof SCORE_TERMS[number];

/** What is left out counts as 0. */
export type ScoreTerms = { readonly [term in ScoreTerm]?: number };
export type ScoreWeights = ScoreTerms;

/** Four decimals are finer than any of these numbers means. */
const DECIMALS_FACTOR = 1e4;

/** `value` as receipts hold it. */
export function storedNumber(value: number): number {
  return Math.round(value * DECIMALS_FACTOR) / DECIMALS_FACTOR;
}

/** The terms as receipts hold them: rounded, and without those that are 0. */
export function storedTerms(terms: { readonly [term in ScoreTerm]: number }): ScoreTerms {
  const stored: { [term in ScoreTerm]?: number } = {};
  for (const term of SCORE_TERMS) {
    const value = storedNumber(terms[term]);
    if (value !== 0) stored[term] = value;
  }
  return stored;
}

/** `Σ weight · term`, added in one order and rounded: the same on every machine. */
export function scoreOf(weights: ScoreWeights, terms: ScoreTerms): number {
  return storedNumber(SCORE_TERMS.reduce((sum, term) => sum + (weights[term] ?? 0) * (terms[term] ?? 0), 0));
}
