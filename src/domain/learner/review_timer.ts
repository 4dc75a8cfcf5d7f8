/** The one timer of a learner: it fires when there are reviews to tell of, and stays unset for who does not answer. */
import { accept, reject, type TimerChange, type TurnContext } from "../decision.ts";
import { type LearnerMemory, nextNoticeMs, noticesAt, withNoticesTold } from "../memory/review_schedule.ts";
import type { LearnerDecision } from "./settle.ts";
import type { LearnerState } from "./knowledge.ts";
import type { LearnerCommand, LearnerEvent } from "./messages.ts";

const NAME = "reviews";
const COMMAND: LearnerCommand = { type: "reviews_deadline" };

function timerAt(dueMs: number | null): TimerChange {
  return dueMs === null ? { kind: "clear", name: NAME } : { kind: "set", name: NAME, dueMs, command: COMMAND };
}

/** How the timer moves with the memory; nothing while its time stays the same. */
export function reviewTimerChanges(before: LearnerMemory, after: LearnerMemory): readonly TimerChange[] {
  const dueMs = nextNoticeMs(after);
  return dueMs === nextNoticeMs(before) ? [] : [timerAt(dueMs)];
}

/** Tells what is due now and waits for the next time. A timer that fires too soon tells nothing and is set again. */
export function decideReviewsDeadline({ memory }: LearnerState, { origin, nowMs }: TurnContext): LearnerDecision {
  if (origin.kind !== "timer") return reject("forbidden", "Only the engine's clock says when reviews are due.");
  const notices = noticesAt(memory, nowMs);
  const events: LearnerEvent[] = notices.length === 0 ? [] : [{ type: "reviews_due", notices, atMs: nowMs }];
  return accept(events, { timers: [timerAt(nextNoticeMs(withNoticesTold(memory, notices, nowMs)))] });
}
