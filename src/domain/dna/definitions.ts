/** What each figure means, how its interval is made, and how much it takes: told with the figure itself. */
import type { ComparisonName, Scalar } from "./corrections.ts";

/** The weeks with work that most figures rest on, and the days that consistency looks back on. */
export const WINDOW_WEEKS = 12;
export const WINDOW_DAYS = WINDOW_WEEKS * 7;

export interface Definition {
  readonly title: string;
  readonly definition: string;
  readonly unit: "share" | "times" | "seconds";
  readonly interval: "wilson" | "student" | "laplace" | "propagated" | "bonferroni";
  /** What a sample is counted in. */
  readonly sampleOf: string;
  /** With fewer there is not enough data. */
  readonly sampleMin: number;
}

const SESSIONS_MIN = 5;
const LATELY = `in the latest ${WINDOW_WEEKS} weeks with work`;

function showing(title: string, what: string): Definition {
  return {
    title,
    definition: `Share of sessions, ${LATELY}, in which ${what} at least once.`,
    unit: "share",
    interval: "wilson",
    sampleOf: "sessions",
    sampleMin: SESSIONS_MIN,
  };
}

const PERFORMANCE: { readonly [Name in "mastery" | "retention" | "forgetting_rate" | "pace"]: Definition } = {
  mastery: {
    title: "Mastery",
    definition: "Mean chance of a right answer on an average item, over the skills with enough answers to say.",
    unit: "share",
    interval: "propagated",
    sampleOf: "skills",
    sampleMin: 1,
  },
  retention: {
    title: "Retention",
    definition: `Share of what was last used at least half a day before that was still remembered, ${LATELY}.`,
    unit: "share",
    interval: "wilson",
    sampleOf: "reviews",
    sampleMin: 10,
  },
  forgetting_rate: {
    title: "Forgetting rate",
    definition: "How fast memories fade beside the schedule of reviews: 1 is as fast as it expects, 2 twice as fast. " +
      "Fitted to all reviews.",
    unit: "times",
    interval: "laplace",
    sampleOf: "reviews",
    sampleMin: 20,
  },
  pace: {
    title: "Pace",
    definition: `Usual time to a right answer (geometric mean), ${LATELY}.`,
    unit: "seconds",
    interval: "student",
    sampleOf: "right answers",
    sampleMin: 10,
  },
};

export const DEFINITIONS: { readonly [Name in Scalar]: Definition } = {
  ...PERFORMANCE,
  persistence: {
    title: "Going on after errors",
    definition: `Share of wrong answers, ${LATELY}, that another answer of the session followed within 15 minutes. ` +
      "Where the session was over anyway nothing is counted.",
    unit: "share",
    interval: "wilson",
    sampleOf: "wrong answers",
    sampleMin: 10,
  },
  hint_use: {
    title: "Hint use",
    definition: `Share of answers, ${LATELY}, given after at least one hint.`,
    unit: "share",
    interval: "wilson",
    sampleOf: "answers",
    sampleMin: 20,
  },
  consistency: {
    title: "Consistency",
    definition:
      `Share of the last ${WINDOW_DAYS} days, today left out, on which at least one answer was given; since ` +
      "the first day with one where that is later.",
    unit: "share",
    interval: "wilson",
    sampleOf: "days",
    sampleMin: 14,
  },
  rapid_guessing: showing("Rapid guessing", "several answers were wrong and quicker than the question can be read"),
  hint_abuse: showing("Rushed hints", "all hints of several questions were taken in quick succession"),
  unproductive_struggle: showing("Long struggle", "many answers on one skill went wrong with time spent on them"),
  idle: showing("Long silences", "nothing was sent for three minutes or more before an answer"),
};

/** Answers on either side of a comparison. */
const COMPARED_MIN = 30;

export const COMPARISON_DEFINITIONS: { readonly [Name in ComparisonName]: Definition } = {
  best_hours: {
    title: "Best hours",
    definition: "How far scores at a time of the day lie above what the ratings expected, beside all other times. " +
      "It shows what goes together, not what causes it.",
    unit: "share",
    interval: "bonferroni",
    sampleOf: "answers",
    sampleMin: COMPARED_MIN,
  },
  presentations: {
    title: "Presentations by outcome",
    definition:
      "How far scores lie above what the ratings expected where an item offered a presentation, beside items " +
      "that offered only others. It is no learning style: it shows what went together with right answers so far.",
    unit: "share",
    interval: "bonferroni",
    sampleOf: "answers",
    sampleMin: COMPARED_MIN,
  },
};
