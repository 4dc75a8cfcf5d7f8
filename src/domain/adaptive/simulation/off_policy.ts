/** What another policy would have earned, told from the receipts of the one that ran. */
import { clamp } from "../logistic.ts";
import { bootstrap, type Interval } from "./bootstrap.ts";

/** One candidate as a receipt holds it. */
export interface ConsideredItem {
  readonly itemId: string;
  /** Predicted probability of a right answer. */
  readonly probability: number;
  readonly score: number;
}

/** A receipt and what came of it. */
export interface ReceiptOutcome {
  readonly considered: readonly ConsideredItem[];
  /** Id of the item that was drawn, and the probability with which it was. */
  readonly chosen: string;
  readonly propensity: number;
  /** 1 for a right answer, 0 for a wrong one. */
  readonly reward: number;
}

/** From a simulated learner the truth is known too: one probability a considered item, same order. */
export interface LoggedChoice extends ReceiptOutcome {
  readonly trueProbabilities: readonly number[];
}

/** Probabilities with which another policy would draw each considered item, same order, adding to 1. */
export type TargetPolicy = (considered: readonly ConsideredItem[]) => readonly number[];

export interface OffPolicyEstimate {
  /** By the predictions alone: as wrong as they are. */
  readonly direct: number;
  /** Kept between 0 and 1, where a share lies; weights of rare choices would carry it beyond. */
  readonly doublyRobust: Interval;
  /** Choices that carry the estimate, `(Σ w)² / Σ w²` (Kish): where few, the target does what was hardly ever tried. */
  readonly effectiveChoices: number;
  /** Whether at least {@link EFFECTIVE_CHOICES_MIN} choices carry the estimate. */
  readonly trusted: boolean;
}

/** Carried by 105 choices, a 95% interval missed the simulated truth by twice its half width; this keeps well clear. */
export const EFFECTIVE_CHOICES_MIN = 500;

function expectedUnder(weights: readonly number[], values: readonly number[]): number {
  return weights.reduce((sum, weight, i) => sum + weight * (values[i] ?? 0), 0);
}

/** How much more often the target takes what was chosen than the policy that ran. */
function importance({ considered, chosen, propensity }: ReceiptOutcome, target: TargetPolicy): number {
  return (target(considered)[considered.findIndex(({ itemId }) => itemId === chosen)] ?? 0) / propensity;
}

function effectiveChoices(weights: readonly number[]): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const squares = weights.reduce((total, weight) => total + weight ** 2, 0);
  return squares === 0 ? 0 : sum ** 2 / squares;
}

function directTerm({ considered }: ReceiptOutcome, target: TargetPolicy): number {
  return expectedUnder(target(considered), considered.map(({ probability }) => probability));
}

/**
 * Dudík, Langford and Li, "Doubly robust policy evaluation and learning", ICML 2011:
 * `Σ_a π(a) r̂(a) + π(chosen) / μ(chosen) · (r - r̂(chosen))`. Unbiased where the propensities μ are right, whatever the
 * predictions r̂; the better those are, the less it varies.
 */
function doublyRobustTerm(outcome: ReceiptOutcome, target: TargetPolicy): number {
  const { considered, chosen, reward } = outcome;
  const predicted = considered.find(({ itemId }) => itemId === chosen)?.probability ?? 0;
  return directTerm(outcome, target) + importance(outcome, target) * (reward - predicted);
}

/**
 * The mean reward of one choice by `target`, in the situations that the policy which ran came to: what would follow
 * from having taught differently all along is not in the receipts.
 * @param logs one a learner, each with at least one receipt; the 95% interval resamples learners
 */
export function estimateFromReceipts(
  logs: readonly (readonly ReceiptOutcome[])[],
  target: TargetPolicy,
  seed: number,
): OffPolicyEstimate {
  const sums = logs.map((log) => log.reduce((sum, outcome) => sum + doublyRobustTerm(outcome, target), 0));
  const meanOf = (sample: readonly number[]) => {
    const total = sample.reduce((sum, learner) => sum + (sums[learner] ?? 0), 0);
    return clamp(total / sample.reduce((sum, learner) => sum + (logs[learner]?.length ?? 0), 0), 0, 1);
  };
  const choices = logs.flat();
  const direct = choices.reduce((sum, outcome) => sum + directTerm(outcome, target), 0) / choices.length;
  const effective = effectiveChoices(choices.map((outcome) => importance(outcome, target)));
  return {
    direct,
    doublyRobust: bootstrap(logs.length, meanOf, seed),
    effectiveChoices: effective,
    trusted: effective >= EFFECTIVE_CHOICES_MIN,
  };
}

/** What {@link estimateFromReceipts} estimates, where the truth is known. */
export function trueValue(logs: readonly (readonly LoggedChoice[])[], target: TargetPolicy): number {
  const choices = logs.flat();
  const value = ({ considered, trueProbabilities }: LoggedChoice) =>
    expectedUnder(target(considered), trueProbabilities);
  return choices.reduce((sum, choice) => sum + value(choice), 0) / choices.length;
}

/** Draws as the product does, twice as boldly: by softmax of the scores at this temperature. */
const EXPLORING_TEMPERATURE = 0.06;

export function exploringTarget(considered: readonly ConsideredItem[]): readonly number[] {
  const best = considered.reduce((high, { score }) => Math.max(high, score), -Infinity);
  const weights = considered.map(({ score }) => Math.exp((score - best) / EXPLORING_TEMPERATURE));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Always takes the best scored, which a receipt lists first. */
export function greedyTarget(considered: readonly ConsideredItem[]): readonly number[] {
  return considered.map((_, i) => i === 0 ? 1 : 0);
}

/** Always takes what is most likely to be answered right. */
export function easiestTarget(considered: readonly ConsideredItem[]): readonly number[] {
  const easiest = considered.reduce((best, { probability }) => Math.max(best, probability), 0);
  const at = considered.findIndex(({ probability }) => probability === easiest);
  return considered.map((_, i) => i === at ? 1 : 0);
}
