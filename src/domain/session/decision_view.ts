/** One choice of a session as its learner and as staff may look it up afterwards. */
import { type Json, plainJson } from "../json.ts";
import type { SessionEvent } from "./messages.ts";
import type { SessionAudience } from "./permission.ts";
import { aimedAt, consideredJson, receiptForLearner, receiptForStaff } from "./receipt_view.ts";

type ItemServed = Extract<SessionEvent, { type: "item_served" }>;
type JsonObject = { readonly [key: string]: Json };

/** With what draws the choice again, once that gives nothing away: {@link decisionView}. */
function forLearner({ receipt }: ItemServed, seed: "told" | "kept"): JsonObject {
  const { considered, weights, temperature } = receipt;
  return {
    ...receiptForLearner(receipt),
    model: receipt.model,
    prior: receipt.prior,
    statistics_version: receipt.statisticsVersion,
    learner_seq: receipt.learnerSeq,
    course_version: receipt.courseVersion,
    target_probability: aimedAt(receipt),
    considered: seed === "told"
      ? considered.map(consideredJson)
      : considered.map(({ itemId, probability }) => ({ item_id: itemId, probability })),
    propensity: receipt.propensity,
    ...seed === "told" ? { weights: plainJson(weights), temperature } : {},
  };
}

/** To staff the numbers exactly as they were stored, so that the choice can be made again from them. */
function forStaff({ receipt }: ItemServed): JsonObject {
  const { sighting } = receipt;
  return {
    ...receiptForStaff(receipt),
    target_probability: aimedAt(receipt),
    sighting: sighting === null ? null : plainJson(sighting),
  };
}

/**
 * The choice that served an item. The seed draws the item's parameters again, and any seed of a session leads to all of
 * them, those to come included: staff are told it once the item is closed, its learner once the session is complete.
 */
export function decisionView(served: ItemServed, audience: SessionAudience, seed: "told" | "kept"): JsonObject {
  return {
    ...(audience === "staff" ? forStaff(served) : forLearner(served, seed)),
    item_ref: served.number,
    item_id: served.item.itemId,
    seed: seed === "told" ? served.receipt.seed : null,
  };
}
