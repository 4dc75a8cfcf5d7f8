/** Turns decided events into a decision: timers follow from the state they lead to. */
import {
  accept,
  type Consequences,
  type Decision,
  type Message,
  type TimerChange,
  type TurnContext,
} from "../decision.ts";
import { type DueTimes, effectsBegun, firedTimer, stateAfter, timersMoved } from "../follow_state.ts";
import { awaitedEffects } from "./awaited_effects.ts";
import type { RoomEvent } from "./events.ts";
import { evolve } from "./evolve.ts";
import { followUp } from "./follow_ups.ts";
import { ROOM_MS_MAX, SILENCE_MS_MAX, WORDS_GRACE_MS } from "./limits.ts";
import type { RoomCommand, RoomEffect } from "./messages.ts";
import { partsTold } from "./parts_told.ts";
import { isReportDue, reportDueMs, reportTold } from "./report_due.ts";
import type { OpenedRoom, RoomState } from "./state.ts";
import { openStepOf } from "./task.ts";

export type RoomDecision = Decision<RoomState, RoomEvent, RoomEffect>;

type TimerName = "task" | "report" | "silence" | "end";
const TIMER_COMMANDS: { readonly [name in TimerName]: RoomCommand } = {
  task: { type: "task_deadline" },
  report: { type: "report_deadline" },
  silence: { type: "silence_deadline" },
  end: { type: "end_deadline" },
};
const NO_TIMES = { task: null, report: null, silence: null, end: null } as const;

/** When whoever is waited for in the task has had their time. */
function taskDueMs({ task }: OpenedRoom): number | null {
  return openStepOf(task)?.dueMs ?? null;
}

/** When the room ends: what was said before that moment and is on its way is heard yet. */
export function endDueMs({ endsAtMs, openedAtMs }: OpenedRoom): number {
  return endsAtMs === null ? openedAtMs + ROOM_MS_MAX : endsAtMs + WORDS_GRACE_MS;
}

/** When each timer of a room in this state is due; null when it must not run. */
function dueTimes(state: RoomState): DueTimes<TimerName> {
  if (state.status === "not_opened" || state.phase.kind === "ended") return NO_TIMES;
  return {
    task: taskDueMs(state),
    report: reportDueMs(state),
    silence: state.heardAtMs + SILENCE_MS_MAX,
    end: endDueMs(state),
  };
}

/** What a room's timers need in order to follow it from `before` to `after`; one that fired has to be set again. */
function timerChanges(before: RoomState, after: RoomState, context: TurnContext): readonly TimerChange[] {
  const was = dueTimes(before);
  const is = dueTimes(after);
  // One that comes too soon is set again when it fires: not every word has to move it.
  const silence = was.silence === null || is.silence === null ? was.silence : is.silence;
  return timersMoved({ ...was, silence }, is, TIMER_COMMANDS, firedTimer(context));
}

/** `events` with those that follow from where they lead; one of them is a step nearer to the task's end each time. */
function withFollowUps(before: RoomState, events: readonly RoomEvent[], context: TurnContext): readonly RoomEvent[] {
  const after = stateAfter(evolve, before, events, context);
  if (events.length === 0 || after.status === "not_opened") return events;
  const next = followUp(after, context.seq + events.length + 1, context.nowMs);
  return next === null ? events : withFollowUps(before, [...events, next], context);
}

/** `events`, and that the lesson is told of them where it is to be told now. */
function withReport(before: RoomState, events: readonly RoomEvent[], context: TurnContext): readonly RoomEvent[] {
  const after = stateAfter(evolve, before, events, context);
  if (before.status === "not_opened" || after.status === "not_opened") return events;
  return isReportDue(before, after, context.nowMs) ? [...events, { type: "lesson_informed" }] : events;
}

/** To the lesson, how the room stands; to the records of those in a room that has just ended, their parts. */
function messagesDue(before: RoomState, after: RoomState, { nowMs }: TurnContext): readonly Message[] {
  if (after.status === "not_opened") return [];
  // The lesson lets those in a new room know where they are to be.
  if (before.status === "not_opened") return reportTold(after);
  const hasEnded = before.phase.kind === "open" && after.phase.kind === "ended";
  const report = before.lessonKnows === after.lessonKnows ? [] : reportTold(after);
  return hasEnded ? [...report, ...partsTold(after, nowMs)] : report;
}

/** Accepts `events` with what follows from where they lead. */
export function settle(
  before: RoomState,
  decided: readonly RoomEvent[],
  context: TurnContext,
  told: Partial<Pick<Consequences<RoomEffect>, "reply" | "messages">> = {},
): RoomDecision {
  const events = withReport(before, withFollowUps(before, decided, context), context);
  const after = stateAfter(evolve, before, events, context);
  return accept(events, {
    reply: told.reply ?? null,
    messages: [...told.messages ?? [], ...messagesDue(before, after, context)],
    effects: effectsBegun(awaitedEffects(before), awaitedEffects(after)),
    timers: timerChanges(before, after, context),
  });
}
