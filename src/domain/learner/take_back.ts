/** Points that somebody who teaches takes back from a learner, such as those of a completion that was not the learner's. */
import { reject } from "../decision.ts";
import { takeBack } from "../rewards/take_back.ts";
import type { LearnerState } from "./knowledge.ts";
import type { LearnerCommand } from "./messages.ts";
import { type LearnerContext, settle } from "./settle.ts";
import type { LearnerDecision } from "./learner_decision.ts";

export const REASON_LENGTH_MAX = 500;
/** A badge's points go and stay with the badge. */
const BADGE_ENTRY = /^badges\./;

export function decideTakeBack(
  state: LearnerState,
  { entryId, reason }: Extract<LearnerCommand, { type: "take_back_points" }>,
  context: LearnerContext,
): LearnerDecision {
  const { origin, nowMs, rules } = context;
  if (origin.kind !== "client" || origin.principal.role === "student" || origin.principal.userId === state.learnerId) {
    return reject("forbidden", "Only those who teach take points back, and nobody their own.");
  }
  if (reason.trim() === "" || reason.length > REASON_LENGTH_MAX) {
    return reject("malformed_reason", `The learner is told why, in at most ${REASON_LENGTH_MAX} characters.`);
  }
  if (BADGE_ENTRY.test(entryId)) return reject("badge_entry", "Take back what the badge was earned for.");
  const taken = takeBack(state.rewards, { entryId, reason, byUserId: origin.principal.userId }, { nowMs, rules });
  if (taken === "reversed_before") return reject("reversed_before", "This entry has been taken back.");
  if (taken === "forgotten") return reject("unknown_entry", "This is none of the learner's latest entries.");
  const badges = taken.flatMap((event) => event.type === "badge_revoked" ? [event.badgeId] : []);
  return settle(state, taken, context, { reply: { entry_id: entryId, badges_revoked: badges } });
}
