/** A choice's receipt as its learner and as staff may see it. */
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

/** Everything the choice rested on. The seed stays: it would draw the item's parameters again. */
export function receiptForStaff(receipt: ChoiceReceipt): JsonObject {
  return {
    ...receiptForLearner(receipt),
    grounds: receipt.grounds,
    model: receipt.model,
    prior: receipt.prior,
    statistics_version: receipt.statisticsVersion,
    learner_seq: receipt.learnerSeq,
    course_version: receipt.courseVersion,
    target_probability: roundShare(receipt.targetProbability),
    weights: plainJson(receipt.weights),
    temperature: receipt.temperature,
    propensity: receipt.propensity,
    considered: receipt.considered.map(({ itemId, probability, terms, score }) => ({
      item_id: itemId,
      probability,
      terms: plainJson(terms),
      score,
    })),
    override: receipt.override,
  };
}
