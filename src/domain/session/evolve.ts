/** How each event changes a session. */
import { ATTENDING } from "../affect/attention.ts";
import { EMPTY_WINDOW, forgotten, restOnly } from "../affect/emotion_window.ts";
import { areHintsRushed } from "../affect/hint_abuse.ts";
import { NO_INTERVENTIONS } from "../affect/intervention.ts";
import { NO_WORK, worked } from "../affect/work_log.ts";
import type { EventPlace } from "../aggregate.ts";
import { assertNever } from "../assert_never.ts";
import { ImpossibleEventError } from "../impossible_event.ts";
import { CHOICE_RETRY_MS_MIN, HINT_RUNGS, HISTORY_MAX } from "./limits.ts";
import type { PastItem, SessionEvent } from "./messages.ts";
import {
  answeredSuggestion,
  easierAsked,
  suggested,
  suggestionsStopped,
  withoutAboutItem,
  withoutHint,
} from "./evolve_suggestion.ts";
import { EMPTY_TALLY, type Tally, withAnswer } from "./tally.ts";
import {
  type ActiveSession,
  type BegunSession,
  NO_FACE_HELP,
  type OpenItem,
  type PausedSession,
  type SessionState,
  type Step,
} from "./state.ts";
import { evolveTutor, silenceOf, withoutAwaitedAnswer } from "./evolve_tutor.ts";
import { withExample } from "./worked_example.ts";

type EventOf<Type extends SessionEvent["type"]> = Extract<SessionEvent, { type: Type }>;

function impossible(state: SessionState, event: SessionEvent): ImpossibleEventError {
  return new ImpossibleEventError(`${event.type} in a session that is ${state.status}`);
}

/** Moves the clock to `atMs`, counting the time since as time on task and as work on the open item. */
function ticked(session: ActiveSession, atMs: number): ActiveSession {
  const spentMs = Math.max(0, atMs - session.clockMs);
  const { step, tally } = session;
  return {
    ...session,
    clockMs: session.clockMs + spentMs,
    tally: { ...tally, timeOnTaskMs: tally.timeOnTaskMs + spentMs },
    step: step.kind === "choosing" ? step : { ...step, open: { ...step.open, workedMs: step.open.workedMs + spentMs } },
  };
}

function activeOf(state: SessionState, event: SessionEvent): ActiveSession {
  if (state.status !== "active") throw impossible(state, event);
  return state;
}

function activeAt(state: SessionState, event: SessionEvent, place: EventPlace): ActiveSession {
  return ticked(activeOf(state, event), place.atMs);
}

function openOf(session: ActiveSession, event: SessionEvent): OpenItem {
  if (session.step.kind !== "item_open") throw impossible(session, event);
  return session.step.open;
}

/** Waits, since event `seq`, for an item that nobody has failed to choose yet. */
function choosing(seq: number): Step {
  return { kind: "choosing", basisSeq: seq, failures: 0, retryAtMs: null };
}

function heard(atMs: number): Pick<ActiveSession, "heardAtMs" | "idleSinceMs"> {
  return { heardAtMs: atMs, idleSinceMs: null };
}

function created(state: SessionState, event: EventOf<"created">, { seq, atMs }: EventPlace): ActiveSession {
  if (state.status !== "not_created") throw impossible(state, event);
  return {
    status: "active",
    sessionId: state.sessionId,
    plan: event.plan,
    seed: event.seed,
    startedAtMs: atMs,
    tally: EMPTY_TALLY,
    history: [],
    right: [],
    work: NO_WORK,
    examples: [],
    interventions: NO_INTERVENTIONS,
    suggestion: null,
    easierItemsLeft: 0,
    emotion: EMPTY_WINDOW,
    faceHelp: NO_FACE_HELP,
    attention: ATTENDING,
    clockMs: atMs,
    ...heard(atMs),
    step: choosing(seq),
    override: null,
  };
}

function itemServed(session: ActiveSession, event: EventOf<"item_served">, { atMs }: EventPlace): ActiveSession {
  const { number, item, receipt } = event;
  const open: OpenItem = { number, item, receipt, servedAtMs: atMs, hintsGiven: 0, hintsAtMs: [], workedMs: 0 };
  const easierItemsLeft = Math.max(0, session.easierItemsLeft - 1);
  return { ...session, easierItemsLeft, step: { kind: "item_open", open }, override: null };
}

/** Closes the open item: it joins the history and the next one is awaited. */
function closed(
  session: ActiveSession,
  { item, receipt, workedMs, hintsGiven, hintsAtMs }: OpenItem,
  outcome: Pick<PastItem, "correct" | "score" | "answeredAtMs">,
  tally: Tally,
  { seq, atMs }: EventPlace,
): ActiveSession {
  const { itemId, skills, prompt } = item;
  const { right } = session;
  const met = { itemId, skills, policy: receipt.policy, ...outcome };
  const left = {
    skills,
    prompt,
    outcome: outcome.answeredAtMs === null ? "skipped" : outcome.correct ? "right" : "wrong",
    workedMs,
    hintsUsed: hintsGiven,
    hintsRushed: areHintsRushed(hintsAtMs, HINT_RUNGS),
  } as const;
  return {
    ...withoutAboutItem(session),
    tally,
    history: [...session.history, met].slice(-HISTORY_MAX),
    right: outcome.correct && !right.includes(itemId) ? [...right, itemId] : right,
    work: worked(session.work, left, atMs),
    ...heard(atMs),
    step: choosing(seq),
  };
}

/** Closes the open item: at no wish of the learner's alone it is as if it had never been served. */
function skipped(session: ActiveSession, event: EventOf<"skipped">, place: EventPlace): ActiveSession {
  const open = openOf(session, event);
  switch (event.cause) {
    case "learner": {
      const tally = { ...session.tally, skipped: session.tally.skipped + 1 };
      return closed(session, open, { correct: false, score: 0, answeredAtMs: null }, tally, place);
    }
    case "overridden":
    case "asked_in_lesson":
      return { ...withoutAboutItem(session), step: choosing(place.seq) };
    default:
      return assertNever(event.cause);
  }
}

function overrideAsked(state: SessionState, event: EventOf<"override_asked">, place: EventPlace): SessionState {
  const { itemId, by, reason } = event;
  const override = { itemId, by, reason, askedSeq: place.seq };
  if (state.status === "paused") return { ...state, override };
  const session = activeAt(state, event, place);
  return { ...session, override, step: session.step.kind === "choosing" ? choosing(place.seq) : session.step };
}

function overrideRefused(session: ActiveSession, { seq }: EventPlace): ActiveSession {
  return { ...session, override: null, step: session.step.kind === "choosing" ? choosing(seq) : session.step };
}

function hintGiven(session: ActiveSession, event: EventOf<"hint_given">, { atMs }: EventPlace): ActiveSession {
  const open = openOf(session, event);
  const { tally } = session;
  return {
    ...withoutHint(session),
    tally: { ...tally, hintsUsed: tally.hintsUsed + 1 },
    ...heard(atMs),
    step: {
      kind: "item_open",
      open: { ...open, hintsGiven: event.rung, hintsAtMs: [...open.hintsAtMs, open.workedMs] },
    },
  };
}

function choiceFailed(session: ActiveSession, event: EventOf<"choice_failed">, { seq, atMs }: EventPlace) {
  const retryAtMs = atMs + CHOICE_RETRY_MS_MIN * 2 ** (event.attempt - 1);
  return { ...session, step: { kind: "choosing", basisSeq: seq, failures: event.attempt, retryAtMs } } as const;
}

/** What every status keeps. */
function begunOf(session: BegunSession) {
  const { sessionId, plan, seed, startedAtMs, tally, history, right, work, examples } = session;
  const { interventions, suggestion, easierItemsLeft, emotion, faceHelp, attention } = session;
  const suggested = { interventions, suggestion, easierItemsLeft };
  const memories = { emotion, faceHelp, attention };
  const kept = { sessionId, plan, seed, startedAtMs, tally, history, right, work, examples };
  return { ...kept, ...suggested, ...memories, ...silenceOf(session) };
}

/**
 * A silence that ends in an idle pause was not work: only the other causes count the time since the last event.
 * Readings of the face do not outlive the work they belong to.
 */
function paused(state: SessionState, event: EventOf<"paused">, { atMs }: EventPlace): PausedSession {
  if (state.status !== "active") throw impossible(state, event);
  const session = event.cause === "idle" ? state : ticked(state, atMs);
  return {
    ...begunOf(session),
    emotion: restOnly(session.emotion),
    faceHelp: { ...session.faceHelp, open: null },
    attention: ATTENDING,
    status: "paused",
    pausedAtMs: atMs,
    cause: event.cause,
    step: withoutAwaitedAnswer(session.step),
    override: session.override,
  };
}

/** A choice that was under way when the session paused is asked for anew. */
function resumed(state: SessionState, event: EventOf<"resumed">, { seq, atMs }: EventPlace): ActiveSession {
  if (state.status !== "paused") throw impossible(state, event);
  const { step, override } = state;
  return {
    ...begunOf(state),
    status: "active",
    clockMs: atMs,
    ...heard(atMs),
    step: step.kind === "choosing" ? choosing(seq) : step,
    override,
  };
}

/** Nothing that a face showed is kept beyond the end. */
function completed(state: SessionState, event: EventOf<"completed">, { atMs }: EventPlace): BegunSession {
  if (state.status !== "active" && state.status !== "paused") throw impossible(state, event);
  const session = state.status === "active" ? ticked(state, atMs) : state;
  return {
    ...begunOf(session),
    emotion: EMPTY_WINDOW,
    faceHelp: NO_FACE_HELP,
    attention: ATTENDING,
    status: "completed",
    completedAtMs: atMs,
    cause: event.cause,
  };
}

/** The state after one event. Throws {@link ImpossibleEventError} on an event that cannot follow. */
export function evolve(state: SessionState, event: SessionEvent, place: EventPlace): SessionState {
  switch (event.type) {
    case "created":
      return created(state, event, place);
    case "item_served":
      return itemServed(activeAt(state, event, place), event, place);
    case "answered": {
      const session = activeAt(state, event, place);
      const open = openOf(session, event);
      const tally = withAnswer(session.tally, event, open.item.skills);
      const { correct, score } = event;
      const after = closed(session, open, { correct, score, answeredAtMs: place.atMs }, tally, place);
      return { ...after, examples: withExample(session.examples, open.number, open.item) };
    }
    case "skipped":
      return skipped(activeAt(state, event, place), event, place);
    case "override_asked":
      return overrideAsked(state, event, place);
    case "override_refused":
      return overrideRefused(activeAt(state, event, place), place);
    case "hint_given":
      return hintGiven(activeAt(state, event, place), event, place);
    case "tutor_asked":
      return { ...evolveTutor(activeAt(state, event, place), event), ...heard(place.atMs) };
    case "tutor_said":
    case "tutor_paused":
    case "tutor_resumed":
      if (state.status === "not_created") throw impossible(state, event);
      return evolveTutor(state, event);
    case "choice_failed":
      return choiceFailed(activeAt(state, event, place), event, place);
    case "paused":
      return paused(state, event, place);
    case "resumed":
      return resumed(state, event, place);
    case "emotion_forgotten":
      if (state.status === "not_created") throw impossible(state, event);
      return { ...state, emotion: forgotten(place.atMs), faceHelp: NO_FACE_HELP };
    case "idle_noticed":
      return { ...activeOf(state, event), idleSinceMs: event.sinceMs };
    case "intervention":
      return suggested(activeOf(state, event), event, place);
    case "intervention_answered":
      return { ...answeredSuggestion(activeAt(state, event, place), event, place), ...heard(place.atMs) };
    case "suggestions_stopped": {
      const session = suggestionsStopped(activeAt(state, event, place));
      return event.by === "learner" ? { ...session, ...heard(place.atMs) } : session;
    }
    case "easier_asked":
      return { ...easierAsked(activeAt(state, event, place)), ...heard(place.atMs) };
    case "completed":
      return completed(state, event, place);
    default:
      return assertNever(event);
  }
}
