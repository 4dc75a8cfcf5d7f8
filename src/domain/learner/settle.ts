/** Turns what a learner's command decided into a decision: what follows from it happens in the same turn. */
import { accept, type Consequences, type Decision, type TurnContext } from "../decision.ts";
import { readingsBegun } from "./awaited_readings.ts";
import { evolve } from "./evolve.ts";
import type { LearnerState } from "./knowledge.ts";
import type { LearnerEffect, LearnerEvent } from "./messages.ts";
import { awaitedProposal, questMessages, questsFollowing, questTimerChanges } from "./quest_following.ts";
import { reviewTimerChanges } from "./review_timer.ts";

export type LearnerDecision = Decision<LearnerState, LearnerEvent, LearnerEffect>;

/** The state after `events`, as the runtime will reach it once they have their numbers. */
export function stateAfter(state: LearnerState, events: readonly LearnerEvent[], context: TurnContext): LearnerState {
  return events.reduce(
    (reached, event, i) => evolve(reached, event, { seq: context.seq + 1 + i, atMs: context.nowMs }),
    state,
  );
}

/** A proposal is asked for when the state has come to wait for one that it did not wait for before. */
function proposalBegun(before: LearnerState, after: LearnerState): readonly LearnerEffect[] {
  return after.quests.seeking?.basisSeq === before.quests.seeking?.basisSeq ? [] : awaitedProposal(after);
}

/** Accepts `events` with the events, messages, timers and effects that follow from them, all in this turn. */
export function settle(
  before: LearnerState,
  events: readonly LearnerEvent[],
  context: TurnContext,
  told: Partial<Pick<Consequences<LearnerEffect>, "reply" | "messages">>,
): LearnerDecision {
  const all = [...events, ...questsFollowing(before, events, context)];
  const after = stateAfter(before, all, context);
  return accept(all, {
    ...told,
    messages: [...told.messages ?? [], ...questMessages(all)],
    effects: [...readingsBegun(before, after), ...proposalBegun(before, after)],
    timers: [
      ...reviewTimerChanges(before, after),
      ...questTimerChanges(before.quests, after.quests, context),
    ],
  });
}
