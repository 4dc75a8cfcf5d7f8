/** Turns decided events into a decision: effects and timers follow from the state they lead to. */
import {
  accept,
  type Consequences,
  type Decision,
  note,
  type Noted,
  type TimerChange,
  type TurnContext,
} from "../decision.ts";
import { type DueTimes, effectsBegun, firedTimer, stateAfter, timersMoved } from "../follow_state.ts";
import { awaitedEffects } from "./awaited_effects.ts";
import { openBreakouts, seatsDue } from "./breakouts.ts";
import { barrierDueMs, closeDueMs } from "./deadlines.ts";
import type { ClassroomEvent } from "./events.ts";
import { evolve } from "./evolve.ts";
import { LESSON_IDLE_MS_MAX } from "./limits.ts";
import type { ClassroomCommand, ClassroomEffect } from "./messages.ts";
import type { ClassroomState, OpenedLesson } from "./state.ts";
import { toldRooms } from "./told_rooms.ts";

export type ClassroomDecision = Decision<ClassroomState, ClassroomEvent, ClassroomEffect>;

type TimerName = "question" | "barrier" | "recall" | "lesson";
const TIMER_COMMANDS: { readonly [name in TimerName]: ClassroomCommand } = {
  question: { type: "question_deadline" },
  barrier: { type: "barrier_deadline" },
  recall: { type: "recall_deadline" },
  lesson: { type: "lesson_deadline" },
};

/** When each timer of a lesson in this state is due; null when it must not run. */
function dueTimes(state: ClassroomState): DueTimes<TimerName> {
  if (state.status === "not_opened") return { question: null, barrier: null, recall: null, lesson: null };
  return {
    question: closeDueMs(state),
    barrier: barrierDueMs(state),
    recall: openBreakouts(state)?.recallAtMs ?? null,
    lesson: state.phase.kind === "closed" ? null : state.staffHeardAtMs + LESSON_IDLE_MS_MAX,
  };
}

/** What a lesson's timers need in order to follow it from `before` to `after`; one that fired has to be set again. */
function timerChanges(before: ClassroomState, after: ClassroomState, context: TurnContext): readonly TimerChange[] {
  return timersMoved(dueTimes(before), dueTimes(after), TIMER_COMMANDS, firedTimer(context));
}

interface Outcome {
  readonly events: readonly ClassroomEvent[];
  readonly after: ClassroomState;
}

/** Where `events` lead, with the seats in rooms that they make due. */
export function outcomeOf(before: ClassroomState, events: readonly ClassroomEvent[], context: TurnContext): Outcome {
  const after = stateAfter(evolve, before, events, context);
  const seats = events.length === 0 || after.status === "not_opened" ? [] : seatsDue(after);
  if (seats.length === 0) return { events, after };
  const seated = { type: "students_seated", seats, act: null } as const;
  const place = { seq: context.seq + 1 + events.length, atMs: context.nowMs };
  return { events: [...events, seated], after: evolve(after, seated, place) };
}

/** Accepts `events` with the seats, messages to rooms, timers and effects that follow from them. */
export function settle(
  before: ClassroomState,
  events: readonly ClassroomEvent[],
  context: TurnContext,
  told: Partial<Pick<Consequences<ClassroomEffect>, "reply" | "messages">>,
): ClassroomDecision {
  const { events: all, after } = outcomeOf(before, events, context);
  return accept(all, {
    ...told,
    messages: [...toldRooms(before, after), ...told.messages ?? []],
    effects: effectsBegun(awaitedEffects(before), awaitedEffects(after)),
    timers: timerChanges(before, after, context),
  });
}

/** Notes what is not stored; the timers go by it all the same. */
export function settleNoted(
  before: OpenedLesson,
  after: OpenedLesson,
  context: TurnContext,
  told: Pick<Consequences<never>, "reply">,
): Noted<ClassroomState> {
  return note<ClassroomState>(after, { ...told, timers: timerChanges(before, after, context) });
}
