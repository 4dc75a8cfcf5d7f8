/** Turns what a learner's command decided into a decision: what follows from it happens in the same turn. */
import { accept, type Message, type TurnContext } from "../decision.ts";
import { stateAfter } from "../follow_state.ts";
import type { Json } from "../json.ts";
import { award } from "../rewards/award.ts";
import type { BadgeRule } from "../rewards/badge.ts";
import { readingsBegun } from "./awaited_readings.ts";
import { claimOf } from "./claims.ts";
import { evolve } from "./evolve.ts";
import type { LearnerState } from "./knowledge.ts";
import type { LearnerDecision } from "./learner_decision.ts";
import type { LearnerEffect, LearnerEvent } from "./messages.ts";
import { awaitedProposal, questMessages, questsFollowing, questTimerChanges } from "./quest_following.ts";
import { reviewTimerChanges } from "./review_timer.ts";

/** A turn of a learner under the badge rules of the deployment. */
export interface LearnerContext extends TurnContext {
  readonly rules: readonly BadgeRule[];
}

/** What a turn tells beside what follows from its events. */
interface Told {
  readonly reply?: Json;
  readonly messages?: readonly Message[];
  /** Those that rest on the state after the events. */
  readonly messagesAfter?: (after: LearnerState) => readonly Message[];
}

/** A proposal is asked for when the state has come to wait for one that it did not wait for before. */
function proposalBegun(before: LearnerState, after: LearnerState): readonly LearnerEffect[] {
  return after.quests.seeking?.basisSeq === before.quests.seeking?.basisSeq ? [] : awaitedProposal(after);
}

/** What the events bring of points, badges and days, out of the state that has seen them. */
function earnedBy(
  { rewards, profile: { timeZone } }: LearnerState,
  events: readonly LearnerEvent[],
  { nowMs, rules }: LearnerContext,
): readonly LearnerEvent[] {
  return award(rewards, events.flatMap((event) => claimOf(event) ?? []), { timeZone, nowMs, rules });
}

/** Accepts `events` with the events, rewards, messages, timers and effects that follow from them, all in this turn. */
export function settle(
  before: LearnerState,
  events: readonly LearnerEvent[],
  context: LearnerContext,
  { reply = null, messages = [], messagesAfter = () => [] }: Told,
): LearnerDecision {
  const all = [...events, ...questsFollowing(before, events, context)];
  const after = stateAfter(evolve, before, all, context);
  // Rewards come last: no timer, message or effect follows from them.
  return accept([...all, ...earnedBy(after, all, context)], {
    reply,
    messages: [...messages, ...messagesAfter(after), ...questMessages(all)],
    effects: [...readingsBegun(before, after), ...proposalBegun(before, after)],
    timers: [
      ...reviewTimerChanges(before, after),
      ...questTimerChanges(before.quests, after.quests, context),
    ],
  });
}
