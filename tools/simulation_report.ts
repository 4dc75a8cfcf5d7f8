/** What the simulation found, as one JSON object or as a table. */
import type { Interval } from "../src/domain/adaptive/simulation/bootstrap.ts";
import {
  evaluateOffPolicy,
  type OffPolicyResult,
  type PolicyResult,
  sharesFewer,
} from "../src/domain/adaptive/simulation/compare_policies.ts";
import type { GroundTruthName } from "../src/domain/adaptive/simulation/ground_truths.ts";
import { GOAL_SHARE, RUN_ITEMS_MAX } from "../src/domain/adaptive/simulation/play_run.ts";
import { EFFECTIVE_CHOICES_MIN } from "../src/domain/adaptive/simulation/off_policy.ts";
import type { PolicyName } from "../src/domain/adaptive/simulation/policies.ts";

/** Items after which the report says how much was mastered. */
const CURVE_MARKS = [50, 100, 150, 200, 300] as const;

export interface TruthReport {
  readonly truth: GroundTruthName;
  readonly results: readonly PolicyResult[];
  /** Null unless ours and another policy were both played. */
  readonly comparison: { readonly bestOther: PolicyName; readonly shareFewer: Interval } | null;
  readonly offPolicy: readonly OffPolicyResult[];
}

export interface ReportSubject {
  readonly course: string;
  readonly learners: number;
  readonly seed: number;
}

export function reportOn(truth: GroundTruthName, results: readonly PolicyResult[], seed: number): TruthReport {
  const own = results.find(({ policy }) => policy === "ours");
  const others = results.filter(({ policy }) => policy !== "ours").sort((a, b) => a.items.value - b.items.value);
  const best = others[0];
  return {
    truth,
    results,
    comparison: own === undefined || best === undefined
      ? null
      : { bestOther: best.policy, shareFewer: sharesFewer(own, others, seed) },
    offPolicy: own === undefined ? [] : evaluateOffPolicy(own, seed),
  };
}

function policyJson({ items, unreached, curve }: PolicyResult) {
  return {
    items: { mean: items.value, low: items.low, high: items.high },
    unreached,
    mastered_share_after: Object.fromEntries(CURVE_MARKS.map((mark) => [mark, curve[mark] ?? null])),
  };
}

function truthJson({ results, comparison, offPolicy }: TruthReport) {
  return {
    policies: Object.fromEntries(results.map((result) => [result.policy, policyJson(result)])),
    ours_against_best_other: comparison === null ? null : {
      best_other: comparison.bestOther,
      share_fewer: comparison.shareFewer.value,
      low: comparison.shareFewer.low,
      high: comparison.shareFewer.high,
    },
    off_policy: offPolicy.map(({ target, direct, doublyRobust, effectiveChoices, trusted, truth }) => ({
      target,
      direct,
      doubly_robust: doublyRobust.value,
      low: doublyRobust.low,
      high: doublyRobust.high,
      effective_choices: effectiveChoices,
      trusted,
      truth,
    })),
  };
}

export function simulationJson(subject: ReportSubject, reports: readonly TruthReport[]): string {
  return JSON.stringify({
    ...subject,
    goal_share: GOAL_SHARE,
    items_max: RUN_ITEMS_MAX,
    truths: Object.fromEntries(reports.map((report) => [report.truth, truthJson(report)])),
  });
}

function inPercent({ value, low, high }: Interval): string {
  return [value, low, high].map((share) => `${(share * 100).toFixed(1)}%`).join(" / ");
}

function truthTable({ truth, results, comparison, offPolicy }: TruthReport): string {
  return [
    `${truth}: items until ${GOAL_SHARE * 100}% of skills are mastered (95% interval)`,
    ...results.map(({ policy, items, unreached }) =>
      `  ${policy.padEnd(15)} ${items.value.toFixed(1).padStart(7)}  (${items.low.toFixed(1)} to ${
        items.high.toFixed(1)
      })${unreached === 0 ? "" : `, ${unreached} not within ${RUN_ITEMS_MAX}`}`
    ),
    ...(comparison === null
      ? []
      : [`  fewer than ${comparison.bestOther}: ${inPercent(comparison.shareFewer)} (estimate / low / high)`]),
    ...offPolicy.map(({ target, direct, doublyRobust, effectiveChoices, trusted, truth }) =>
      `  right answers if drawn ${target}: doubly robust ${inPercent(doublyRobust)}, direct ${
        (direct * 100).toFixed(1)
      }%, true ${(truth * 100).toFixed(1)}% (${Math.round(effectiveChoices)} effective choices${
        trusted ? "" : `, fewer than ${EFFECTIVE_CHOICES_MIN}: not to be trusted`
      })`
    ),
  ].join("\n");
}

export function simulationTable({ course, learners, seed }: ReportSubject, reports: readonly TruthReport[]): string {
  return [`${course}, ${learners} learners, seed ${seed}`, ...reports.map(truthTable)].join("\n\n");
}
