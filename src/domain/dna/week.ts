/** What a learner did in each calendar week, in counts that can be added up; a bounded number of weeks. */
import { NO_SPREAD, type Spread } from "./spread.ts";
import type { WorkBehaviour } from "./work_behaviour.ts";

/** A year and the week that completes it. */
export const WEEKS_KEPT_MAX = 53;
const WEEK_DAYS = 7;
/** 1970-01-01, day 0, was a Thursday: the week that it lies in began three days before. */
const MONDAY_TO_THURSDAY = 3;

/** Plain JSON. Days are those of the learner's own calendar. */
export interface Week {
  /** Weeks since the one of 1970-01-01; each begins on a Monday. */
  readonly week: number;
  /** Bit 0 is Monday: set when an answer was given on that day. */
  readonly days: number;
  readonly answers: number;
  readonly right: number;
  /** Answers given after at least one hint. */
  readonly hinted: number;
  /** Answers to what was last used at least half a day before, and those of them that showed it was remembered. */
  readonly reviews: number;
  readonly recalled: number;
  /** Wrong answers of which it is known what followed, and those after which work went on. */
  readonly errors: number;
  readonly persisted: number;
  /** Sessions whose first answer was given in this week, and those of them in which a behaviour showed. */
  readonly sessions: number;
  readonly showing: { readonly [Behaviour in WorkBehaviour]: number };
  /** Logarithm of the milliseconds to each right answer. */
  readonly logMs: Spread;
  /** The learner's rating over all courses after the week's last answer, in logits, and the answers that formed it. */
  readonly level: readonly [ability: number, answers: number];
}

/** A count of a week that facts add to. */
export type WeekCount = "answers" | "right" | "hinted" | "reviews" | "recalled" | "errors" | "persisted" | "sessions";

function emptyWeek(week: number): Week {
  return {
    week,
    days: 0,
    answers: 0,
    right: 0,
    hinted: 0,
    reviews: 0,
    recalled: 0,
    errors: 0,
    persisted: 0,
    sessions: 0,
    showing: { rapid_guessing: 0, hint_abuse: 0, unproductive_struggle: 0, idle: 0 },
    logMs: NO_SPREAD,
    level: [0, 0],
  };
}

/** The week of a local day, counted as {@link Week.week} is. */
export function weekOf(day: number): number {
  return Math.floor((day + MONDAY_TO_THURSDAY) / WEEK_DAYS);
}

/** The local day on which a week begins. */
export function mondayOf(week: number): number {
  return week * WEEK_DAYS - MONDAY_TO_THURSDAY;
}

/** The bit of {@link Week.days} for a local day. */
export function dayBit(day: number): number {
  return 1 << (day - mondayOf(weekOf(day)));
}

export function workedOn(weeks: readonly Week[], day: number): boolean {
  const week = weeks.find((one) => one.week === weekOf(day));
  return week !== undefined && (week.days & dayBit(day)) !== 0;
}

/**
 * The weeks, oldest first, with one of them changed. Over {@link WEEKS_KEPT_MAX} the oldest is let go; a week older than
 * all of as many kept is not taken up again.
 */
export function withWeek(weeks: readonly Week[], number: number, change: (week: Week) => Week): readonly Week[] {
  const place = weeks.findLastIndex(({ week }) => week <= number);
  const known = weeks[place];
  if (known?.week === number) return weeks.with(place, change(known));
  return weeks.toSpliced(place + 1, 0, change(emptyWeek(number))).slice(-WEEKS_KEPT_MAX);
}
