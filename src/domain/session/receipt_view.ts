/** A choice's receipt as its learner and as staff may see it. */
import type { Considered } from "../adaptive/considered.ts";
import { type Json, plainJson } from "../json.ts";
import type { ChoiceReceipt } from "./messages.ts";
import { roundShare } from "./tally.ts";

type JsonObject = { readonly [key: string]: Json };

/** What a learner is told of a choice: why, and who decided. */
export function receiptForLearner({ id, policy, reason, chosenAtMs, override }: ChoiceReceipt): JsonObject {
  return {
    id,
    policy,
    reason,
    chosen_at: chosenAtMs === null ? null : new Date(chosenAtMs).toISOString(),
    override: override === null ? null : { reason: override.reason },
  };
}

/** The probability that the choice aimed at; null where its weights count none. Receipts without weights aimed at theirs. */
export function aimedAt({ weights, targetProbability }: ChoiceReceipt): number | null {
  return Object.keys(weights).length > 0 && weights.target === undefined ? null : targetProbability;
}

/** One considered item with all that it was weighed by. */
export function consideredJson({ itemId, probability, terms, score }: Considered): JsonObject {
  return { item_id: itemId, probability, terms: plainJson(terms), score };
}

/** Everything the choice rested on. The seed stays: it would draw the item's parameters again. */
export function receiptForStaff(receipt: ChoiceReceipt): JsonObject {
  const target = aimedAt(receipt);
  return {
    ...receiptForLearner(receipt),
    grounds: receipt.grounds,
    model: receipt.model,
    prior: receipt.prior,
    statistics_version: receipt.statisticsVersion,
    learner_seq: receipt.learnerSeq,
    course_version: receipt.courseVersion,
    target_probability: target === null ? null : roundShare(target),
    weights: plainJson(receipt.weights),
    temperature: receipt.temperature,
    propensity: receipt.propensity,
    considered: receipt.considered.map(consideredJson),
    override: receipt.override,
  };
}
