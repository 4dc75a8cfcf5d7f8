/** What is counted of a learner for badges; nothing of how they feel is. */

/** Counted by one at a time. */
export const COUNTED = [
  "answers",
  "right_answers",
  /** Right without a hint. */
  "unaided_answers",
  /** Right, to an item of the highest difficulty. */
  "hard_answers",
  /** Right, to an item of a skill that was due for review. */
  "reviews_recalled",
  /** Sessions that reached their target, or at least {@link SESSION_ANSWERS_MIN} answers. */
  "sessions",
  /** Such a session with every answer right, no hint and nothing skipped. */
  "flawless_sessions",
  /** A session brought to its target over at least {@link SETBACKS_MIN} wrong answers. */
  "persistent_sessions",
  "quests",
  "debates",
  "co_learning",
  "explanations",
] as const;
export type Counted = typeof COUNTED[number];
export type Counts = { readonly [name in Counted]: number };

export const SESSION_ANSWERS_MIN = 5;
export const SETBACKS_MIN = 3;

/** Figures that follow from something kept for its own sake. */
export const DERIVED = ["skills_mastered", "courses", "streak_best", "learning_days", "level"] as const;
export type Derived = typeof DERIVED[number];

/** What a badge may ask for. */
export type Figure = Counted | Derived;

export const NOTHING_COUNTED: Counts = {
  answers: 0,
  right_answers: 0,
  unaided_answers: 0,
  hard_answers: 0,
  reviews_recalled: 0,
  sessions: 0,
  flawless_sessions: 0,
  persistent_sessions: 0,
  quests: 0,
  debates: 0,
  co_learning: 0,
  explanations: 0,
};

/** Each of `names` counted once more. */
export function withCounted(counts: Counts, names: readonly Counted[]): Counts {
  return names.reduce((all, name) => ({ ...all, [name]: all[name] + 1 }), counts);
}

export function isCounted(figure: Figure): figure is Counted {
  return Object.hasOwn(NOTHING_COUNTED, figure);
}
