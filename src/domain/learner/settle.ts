/** Turns what a learner's command decided into a decision: what follows from it happens in the same turn. */
import { accept, type Consequences, type Decision, type TurnContext } from "../decision.ts";
import { evolve } from "./evolve.ts";
import type { LearnerState } from "./knowledge.ts";
import type { LearnerEvent, ReadAnswersEffect } from "./messages.ts";
import { reviewTimerChanges } from "./review_timer.ts";

export type LearnerDecision = Decision<LearnerState, LearnerEvent, ReadAnswersEffect>;

/** The state after `events`, as the runtime will reach it once they have their numbers. */
export function stateAfter(state: LearnerState, events: readonly LearnerEvent[], context: TurnContext): LearnerState {
  return events.reduce(
    (reached, event, i) => evolve(reached, event, { seq: context.seq + 1 + i, atMs: context.nowMs }),
    state,
  );
}

/** Accepts `events` with the timers that follow from them. */
export function settle(
  before: LearnerState,
  events: readonly LearnerEvent[],
  context: TurnContext,
  told: Partial<Omit<Consequences<ReadAnswersEffect>, "timers">>,
): LearnerDecision {
  const after = stateAfter(before, events, context);
  return accept(events, { ...told, timers: reviewTimerChanges(before.memory, after.memory) });
}
