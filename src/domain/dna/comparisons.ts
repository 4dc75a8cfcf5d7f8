/** Groups of answers beside the rest: when and how shown scores lie above what the ratings expected. */
import type { Modality } from "../curriculum/rendered_item.ts";
import { type ComparisonName, DAY_BANDS } from "./corrections.ts";
import { COMPARISON_DEFINITIONS } from "./definitions.ts";
import { type Interval, plainInterval } from "./interval.ts";
import type { LearningDna } from "./learning_dna.ts";
import { merged, NO_SPREAD, type Spread, varianceOf } from "./spread.ts";

/** One group beside the rest: the difference of the mean scores beyond expectation. */
export type Compared =
  & { readonly group: string; readonly sampleSize: number; readonly restSize: number }
  & (({ readonly status: "ok" } & Interval) | { readonly status: "not_enough_data" });

export interface Comparison {
  readonly name: ComparisonName;
  readonly groups: readonly Compared[];
  readonly status: "ok" | "not_enough_data";
  /** The group that lies above the rest beyond chance, the furthest where there are several; null where none does. */
  readonly best: string | null;
}

/**
 * Normal quantiles of `1 - .05 / k` for k groups compared at once, k from 1: with Bonferroni's correction all intervals
 * hold together nine times of ten. Samples are large enough for the normal to stand for Student's t.
 */
const SIMULTANEOUS_QUANTILES = [1.6449, 1.96, 2.1280, 2.2414, 2.3263, 2.394] as const;

interface Sides {
  readonly group: string;
  readonly inside: Spread;
  readonly rest: Spread;
}

function compared({ group, inside, rest }: Sides, isLarge: boolean, quantile: number): Compared {
  const sizes = { group, sampleSize: inside[0], restSize: rest[0] };
  if (!isLarge) return { ...sizes, status: "not_enough_data" };
  const error = Math.sqrt(varianceOf(inside) / inside[0] + varianceOf(rest) / rest[0]);
  return { ...sizes, status: "ok", ...plainInterval(inside[1] - rest[1], quantile * error) };
}

function lowOf(group: Compared): number {
  return group.status === "ok" ? group.low : -Infinity;
}

function comparison(name: ComparisonName, sides: readonly Sides[]): Comparison {
  const { sampleMin } = COMPARISON_DEFINITIONS[name];
  const isLarge = ({ inside, rest }: Sides) => inside[0] >= sampleMin && rest[0] >= sampleMin;
  const large = sides.filter(isLarge).length;
  const quantile = SIMULTANEOUS_QUANTILES[Math.max(0, large - 1)] ?? Math.max(...SIMULTANEOUS_QUANTILES);
  const groups = sides.map((side) => compared(side, isLarge(side), quantile));
  const [best] = groups.filter((group) => lowOf(group) > 0).sort((a, b) => lowOf(b) - lowOf(a));
  return { name, groups, status: large === 0 ? "not_enough_data" : "ok", best: best?.group ?? null };
}

function hoursOf({ hours }: LearningDna): Comparison {
  const sides = DAY_BANDS.map((group, band): Sides => ({
    group,
    inside: hours[band] ?? NO_SPREAD,
    rest: hours.filter((_, other) => other !== band).reduce(merged, NO_SPREAD),
  }));
  return comparison("best_hours", sides);
}

function presentationsOf({ presentations }: LearningDna): Comparison {
  const modalities: readonly Modality[] = ["text", "visual", "auditory", "kinesthetic"];
  const sides = modalities.map((group): Sides => {
    const { offered, others } = presentations[group];
    return { group, inside: offered, rest: others };
  });
  return comparison("presentations", sides);
}

export function comparisonsOf(dna: LearningDna): readonly Comparison[] {
  return [hoursOf(dna), presentationsOf(dna)];
}
