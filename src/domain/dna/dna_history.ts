/** How the figures have moved: each kept week by itself. */
import { ratedMastery } from "../adaptive/ratings_reading.ts";
import type { Mastery } from "../adaptive/mastery.ts";
import { type Figure, figuresOfWeeks } from "./figures.ts";
import type { LearningDna } from "./learning_dna.ts";
import { mondayOf } from "./week.ts";

export interface WeeklyPoint {
  /** The local day on which the week begins. */
  readonly monday: number;
  readonly answers: number;
  readonly right: number;
  readonly daysWorked: number;
  /** Chance of a right answer on an item of average difficulty, as rated after the week's last answer. */
  readonly level: Mastery;
  readonly figures: readonly Figure[];
}

function bitsIn(days: number): number {
  return days === 0 ? 0 : (days & 1) + bitsIn(days >> 1);
}

/** Weeks with work, oldest first. */
export function dnaHistory({ weeks }: LearningDna): readonly WeeklyPoint[] {
  return weeks.map((week) => ({
    monday: mondayOf(week.week),
    answers: week.answers,
    right: week.right,
    daysWorked: bitsIn(week.days),
    level: ratedMastery(...week.level),
    figures: figuresOfWeeks([week]),
  }));
}
