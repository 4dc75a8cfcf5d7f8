/** Turns decided events into a decision: effects and timers follow from the state they lead to. */
import { offTaskChangeMs } from "../affect/attention.ts";
import {
  accept,
  type Consequences,
  type Decision,
  type Message,
  tell,
  type TimerChange,
  type TurnContext,
} from "../decision.ts";
import { type DueTimes, stateAfter, timersMoved } from "../follow_state.ts";
import { learnerAddress } from "../learner/messages.ts";
import { awaitedAnswer } from "./awaited_answer.ts";
import { awaitedChoice } from "./awaited_choice.ts";
import { evolve } from "./evolve.ts";
import { lessonTold } from "./lesson_told.ts";
import { IDLE_MS_MAX, IDLE_NOTICE_MS } from "./limits.ts";
import type { SessionCommand, SessionEffect, SessionEvent } from "./messages.ts";
import type { SessionState } from "./state.ts";

export type SessionDecision = Decision<SessionState, SessionEvent, SessionEffect>;

type TimerName = "idle" | "attention" | "retry_choice";
const TIMER_COMMANDS: { readonly [name in TimerName]: SessionCommand } = {
  idle: { type: "idle_deadline" },
  attention: { type: "attention_deadline" },
  retry_choice: { type: "retry_choice" },
};

/** When each timer of a session in this state is due; null when it must not run. */
function dueTimes(state: SessionState): DueTimes<TimerName> {
  if (state.status !== "active") return { idle: null, attention: null, retry_choice: null };
  return {
    idle: state.heardAtMs + (state.idleSinceMs === null ? IDLE_NOTICE_MS : IDLE_MS_MAX),
    attention: offTaskChangeMs(state.attention),
    retry_choice: state.step.kind === "choosing" ? state.step.retryAtMs : null,
  };
}

/** What a session's timers need in order to follow it from `before` to `after`. */
export function timerChanges(before: SessionState, after: SessionState): readonly TimerChange[] {
  return timersMoved(dueTimes(before), dueTimes(after), TIMER_COMMANDS, null);
}

/** An effect is due when the state has come to wait for a choice that it did not wait for before. */
function choiceBegun(before: SessionState, after: SessionState): readonly SessionEffect[] {
  const choice = awaitedChoice(after);
  if (choice === null || choice.basisSeq === awaitedChoice(before)?.basisSeq) return [];
  // After a failure the next try waits for its timer.
  return dueTimes(after).retry_choice === null ? [choice] : [];
}

/** Likewise for an answer of the tutor. */
function answerAwaited(before: SessionState, after: SessionState): readonly SessionEffect[] {
  const awaited = awaitedAnswer(after);
  return awaited === null || awaited.ask === awaitedAnswer(before)?.ask ? [] : [awaited];
}

/** The learner is told of the whole session once it has ended, after its last answer. */
function endTold(before: SessionState, after: SessionState): readonly Message[] {
  if (after.status !== "completed" || before.status === "completed") return [];
  const { sessionId, plan: { learnerId, courseId, classId, topic }, cause, startedAtMs, completedAtMs, tally } = after;
  const session = { sessionId, courseId, classId, topic, cause, startedAtMs, completedAtMs, tally };
  return [tell(learnerAddress(learnerId), { type: "record_session", session })];
}

/** Accepts `events` with the timers, effects and messages that follow from them. */
export function settle(
  before: SessionState,
  events: readonly SessionEvent[],
  context: TurnContext,
  told: Partial<Pick<Consequences<SessionEffect>, "reply" | "messages" | "ephemerals">>,
): SessionDecision {
  const after = stateAfter(evolve, before, events, context);
  return accept(events, {
    ...told,
    messages: [...told.messages ?? [], ...endTold(before, after), ...lessonTold(before, after, events, context.nowMs)],
    effects: [...choiceBegun(before, after), ...answerAwaited(before, after)],
    timers: timerChanges(before, after),
  });
}
