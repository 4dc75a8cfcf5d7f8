/** The figures that say how a learner learns: each with its interval and sample, or that there is not enough data. */
import type { AssessedSkill } from "../learner/assess_skills.ts";
import type { Scalar } from "./corrections.ts";
import { DEFINITIONS, WINDOW_DAYS, WINDOW_WEEKS } from "./definitions.ts";
import { type Interval, plainInterval, QUANTILE_90, through, wilsonInterval } from "./interval.ts";
import type { LearningDna } from "./learning_dna.ts";
import { forgettingRate, type RecallClass } from "./recall_classes.ts";
import { merged, NO_SPREAD, studentInterval } from "./spread.ts";
import { mondayOf, type Week, type WeekCount, workedOn } from "./week.ts";
import type { WorkBehaviour } from "./work_behaviour.ts";

export type Figure =
  & { readonly name: Scalar; readonly sampleSize: number }
  & (({ readonly status: "ok" } & Interval) | { readonly status: "not_enough_data" });

/** @param measure asked only where the sample is large enough */
function figure(name: Scalar, sampleSize: number, measure: () => Interval): Figure {
  if (sampleSize < DEFINITIONS[name].sampleMin) return { name, sampleSize, status: "not_enough_data" };
  return { name, sampleSize, status: "ok", ...measure() };
}

function sumOf(weeks: readonly Week[], count: WeekCount): number {
  return weeks.reduce((sum, week) => sum + week[count], 0);
}

function share(name: Scalar, weeks: readonly Week[], hits: WeekCount, of: WeekCount): Figure {
  const size = sumOf(weeks, of);
  return figure(name, size, () => wilsonInterval(sumOf(weeks, hits), size));
}

function pace(weeks: readonly Week[]): Figure {
  const spread = weeks.reduce((all, { logMs }) => merged(all, logMs), NO_SPREAD);
  return figure("pace", spread[0], () => through(studentInterval(spread), (logMs) => Math.exp(logMs) / 1000));
}

function behaviour(name: WorkBehaviour, weeks: readonly Week[]): Figure {
  const sessions = sumOf(weeks, "sessions");
  const showing = weeks.reduce((sum, week) => sum + week.showing[name], 0);
  return figure(name, sessions, () => wilsonInterval(showing, sessions));
}

/** What weeks say by themselves, whether one or many. */
export function figuresOfWeeks(weeks: readonly Week[]): readonly Figure[] {
  return [
    share("retention", weeks, "recalled", "reviews"),
    pace(weeks),
    share("persistence", weeks, "persisted", "errors"),
    share("hint_use", weeks, "hinted", "answers"),
    behaviour("rapid_guessing", weeks),
    behaviour("hint_abuse", weeks),
    behaviour("unproductive_struggle", weeks),
    behaviour("idle", weeks),
  ];
}

/** Skills are taken as known independently of each other; a skill's error is its interval on the logistic scale's ends. */
function mastery(skills: readonly AssessedSkill[]): Figure {
  const known = skills.filter(({ finding }) => finding !== "not_enough_data").map((skill) => skill.mastery);
  return figure("mastery", known.length, () => {
    const mean = known.reduce((sum, { probability }) => sum + probability, 0) / known.length;
    const squares = known.reduce((sum, { low, high }) => sum + ((high - low) / (2 * QUANTILE_90)) ** 2, 0);
    const { low, high } = plainInterval(mean, QUANTILE_90 * Math.sqrt(squares) / known.length);
    return { value: mean, low: Math.max(0, low), high: Math.min(1, high) };
  });
}

function forgetting(recall: readonly RecallClass[]): Figure {
  const reviews = recall.reduce((sum, [count]) => sum + count, 0);
  return figure("forgetting_rate", reviews, () => forgettingRate(recall));
}

/** The first local day with work that is still kept; null before any. */
function firstDayOf([oldest]: readonly Week[]): number | null {
  if (oldest === undefined) return null;
  const monday = mondayOf(oldest.week);
  const days = [0, 1, 2, 3, 4, 5, 6].filter((day) => (oldest.days & (1 << day)) !== 0);
  return monday + (days[0] ?? 0);
}

function consistency(weeks: readonly Week[], today: number): Figure {
  const first = firstDayOf(weeks);
  const from = first === null ? today : Math.max(first, today - WINDOW_DAYS);
  const days = Array.from({ length: Math.max(0, today - from) }, (_, i) => from + i);
  const worked = days.filter((day) => workedOn(weeks, day)).length;
  return figure("consistency", days.length, () => wilsonInterval(worked, days.length));
}

/**
 * All figures that are one number.
 * @param skills as assessed now, over all courses
 * @param today the learner's local day
 */
export function figuresOf(dna: LearningDna, skills: readonly AssessedSkill[], today: number): readonly Figure[] {
  const { weeks, recall } = dna;
  return [
    mastery(skills),
    forgetting(recall),
    consistency(weeks, today),
    ...figuresOfWeeks(weeks.slice(-WINDOW_WEEKS)),
  ];
}
