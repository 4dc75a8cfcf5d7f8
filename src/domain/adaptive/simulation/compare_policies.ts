/** Items that each policy needs to bring learners of one kind to the goal, and how much fewer the product's own needs. */
import type { Course } from "../../curriculum/course.ts";
import { bootstrap, type Interval } from "./bootstrap.ts";
import { GROUND_TRUTHS, type GroundTruthName } from "./ground_truths.ts";
import {
  easiestTarget,
  estimateFromReceipts,
  exploringTarget,
  greedyTarget,
  type LoggedChoice,
  type OffPolicyEstimate,
  trueValue,
} from "./off_policy.ts";
import { playRun, type Run, RUN_ITEMS_MAX } from "./play_run.ts";
import { POLICIES, type PolicyName } from "./policies.ts";

const TARGETS = { greedy: greedyTarget, exploring: exploringTarget, easiest: easiestTarget } as const;

export interface PolicyResult {
  readonly policy: PolicyName;
  /** Mean over learners; one who never reached the goal counts as {@link RUN_ITEMS_MAX}, so it may need more. */
  readonly items: Interval;
  /** Learners who did not reach the goal. */
  readonly unreached: number;
  /** Mean share of mastered skills after 0, 1, 2… items. */
  readonly curve: readonly number[];
  readonly runs: readonly Run[];
}

export interface OffPolicyResult extends OffPolicyEstimate {
  readonly target: keyof typeof TARGETS;
  readonly truth: number;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A learner's own seed, the same for every policy. */
function learnerSeed(seed: number, learner: number): number {
  return (seed ^ Math.imul(learner + 1, 0x9e3779b1)) >>> 0;
}

function itemsOf(runs: readonly Run[], sample: readonly number[]): number {
  return mean(sample.map((learner) => runs[learner]?.itemsToGoal ?? RUN_ITEMS_MAX));
}

/** Teaches `learners` learners of one kind by one policy. */
export function measurePolicy(
  course: Course,
  truth: GroundTruthName,
  policy: PolicyName,
  { learners, seed }: { readonly learners: number; readonly seed: number },
): PolicyResult {
  const runs = Array.from(
    { length: learners },
    (_, learner) => playRun(course, GROUND_TRUTHS[truth], POLICIES[policy], learnerSeed(seed, learner)),
  );
  const longest = runs.reduce((most, run) => Math.max(most, run.masteredShares.length), 0);
  return {
    policy,
    runs,
    items: bootstrap(learners, (sample) => itemsOf(runs, sample), seed),
    unreached: runs.filter((run) => run.itemsToGoal === null).length,
    curve: Array.from(
      { length: longest },
      (_, at) => mean(runs.map(({ masteredShares }) => masteredShares[at] ?? masteredShares.at(-1) ?? 0)),
    ),
  };
}

/**
 * Share of items saved by `own` against the best of `others`. Learners are resampled in pairs, as they are the same for
 * every policy, and the best of the others is found anew in each sample: it gets the benefit of its luck.
 */
export function sharesFewer(own: PolicyResult, others: readonly PolicyResult[], seed: number): Interval {
  const saved = (sample: readonly number[]) =>
    1 - itemsOf(own.runs, sample) / Math.min(...others.map(({ runs }) => itemsOf(runs, sample)));
  return bootstrap(own.runs.length, saved, seed);
}

/** What other ways of drawing from the same candidates would have earned in right answers, estimated and true. */
export function evaluateOffPolicy({ runs }: PolicyResult, seed: number): readonly OffPolicyResult[] {
  const logs: readonly (readonly LoggedChoice[])[] = runs.map(({ log }) => log).filter(({ length }) => length > 0);
  if (logs.length === 0) return [];
  return (["greedy", "exploring", "easiest"] as const).map((target) => ({
    target,
    ...estimateFromReceipts(logs, TARGETS[target], seed),
    truth: trueValue(logs, TARGETS[target]),
  }));
}
