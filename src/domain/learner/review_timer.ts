/** The one timer of a learner: it fires when there are reviews to tell of, and stays unset for who does not answer. */
import { accept, reject, type TimerChange, type TurnContext } from "../decision.ts";
import { bandOf, DAY_BANDS, type DayBand, ownBands } from "../dna/corrections.ts";
import { localHour } from "../local_day.ts";
import { nextNoticeMs, noticesAt, withNoticesTold } from "../memory/review_schedule.ts";
import type { LearnerDecision } from "./learner_decision.ts";
import type { LearnerState } from "./knowledge.ts";
import type { LearnerCommand, LearnerEvent } from "./messages.ts";

const NAME = "reviews";
const COMMAND: LearnerCommand = { type: "reviews_deadline" };

function timerAt(dueMs: number | null): TimerChange {
  return dueMs === null ? { kind: "clear", name: NAME } : { kind: "set", name: NAME, dueMs, command: COMMAND };
}

const HOUR_MS = 3_600_000;
/** Longer than any night outside the hours that the learner named, with an hour more where clocks change. */
const WAIT_HOURS_MAX = 25;

/** The next hour, from `fromMs` on, that lies in one of `bands` on the learner's clock; `fromMs` where none is named. */
function inOwnHours(fromMs: number, bands: readonly DayBand[], timeZone: string): number {
  const hours = Array.from({ length: WAIT_HOURS_MAX }, (_, i) => fromMs + i * HOUR_MS);
  const isOwn = (atMs: number) => bands.some((band) => band === DAY_BANDS[bandOf(localHour(atMs, timeZone))]);
  return bands.length === 0 ? fromMs : hours.find(isOwn) ?? fromMs;
}

/** When the learner is to be told next; null when never, as things are. */
function nextTellingMs({ memory, dna, profile }: LearnerState): number | null {
  const nextMs = nextNoticeMs(memory);
  return nextMs === null ? null : inOwnHours(nextMs, ownBands(dna.corrections), profile.timeZone);
}

/** How the timer moves with the learner's memory and hours; nothing while its time stays the same. */
export function reviewTimerChanges(before: LearnerState, after: LearnerState): readonly TimerChange[] {
  const dueMs = nextTellingMs(after);
  return dueMs === nextTellingMs(before) ? [] : [timerAt(dueMs)];
}

/** Tells what is due now and waits for the next time. A timer that fires too soon tells nothing and is set again. */
export function decideReviewsDeadline(state: LearnerState, { origin, nowMs }: TurnContext): LearnerDecision {
  if (origin.kind !== "timer") return reject("forbidden", "Only the engine's clock says when reviews are due.");
  const { memory } = state;
  const notices = noticesAt(memory, nowMs);
  const events: LearnerEvent[] = notices.length === 0 ? [] : [{ type: "reviews_due", notices, atMs: nowMs }];
  const told = { ...state, memory: withNoticesTold(memory, notices, nowMs) };
  return accept(events, { timers: [timerAt(nextTellingMs(told))] });
}
