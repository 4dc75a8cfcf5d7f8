/** What watchers and REST are shown of affect, behaviour and suggestions. */
import { SERIES_BUCKET_MS, seriesAt } from "../affect/affect_series.ts";
import { type Behaviour, behavioursIn } from "../affect/behaviour.ts";
import { hypotheses, type Hypothesis } from "../affect/hypotheses.ts";
import type { InterventionKind } from "../affect/intervention.ts";
import { columnsOf } from "../affect/series_columns.ts";
import type { AffectSummary } from "../affect/trajectory.ts";
import type { Json } from "../json.ts";
import type { SessionAudience } from "./permission.ts";
import { faceTendency, situationOf } from "./situation.ts";
import { type ActiveSession, type BegunSession, itemsMet, type PausedSession, type Suggestion } from "./state.ts";
import { roundShare } from "./tally.ts";

type JsonObject = { readonly [key: string]: Json };

/** Told to the learner with each kind of suggestion. */
const MESSAGES: { readonly [kind in InterventionKind]: string } = {
  hint: "This one is taking a while. A hint is ready if you would like one.",
  easier_item: "Let us take a smaller step: the next questions will be a little easier.",
  worked_example: "Here is how a question like this one is worked out.",
  easier_on_request: "This is hard going. If you would like a smaller step, ask for easier questions.",
  break: "A short break may do you good. Your work is kept, and you can pause at any time.",
  praise: "Well done, that was good work.",
  teacher_attention: "Your teacher has been told that you could do with a hand.",
};

/** After so many more items an unanswered suggestion has had its time. */
const SUGGESTION_ITEMS_MAX = 2;

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

export function behaviourView({ kind, sinceMs, says }: Behaviour): JsonObject {
  return { kind, since: iso(sinceMs), says };
}

export function hypothesisView({ state, strength, expression, behaviour }: Hypothesis): JsonObject {
  return { state, strength: roundShare(strength), grounds: { expression, behaviour } };
}

/** The tendency without its past: told every few seconds while a camera is on. */
export function summaryView(summary: AffectSummary): JsonObject {
  return {
    as_of: iso(summary.asOfMs),
    readings: summary.readings,
    coverage: roundShare(summary.face.coverage),
    valence: roundShare(summary.valence),
    arousal: roundShare(summary.arousal),
    negative_excess: roundShare(summary.negativeExcess),
    neutral: roundShare(summary.neutral),
    stress_level: roundShare(summary.stress),
    slope_per_minute: roundShare(summary.slopePerMinute),
    direction: summary.direction,
  };
}

/** What is said of the present; null when no face was seen for a minute. */
function affectView(session: ActiveSession | PausedSession, nowMs: number): Json {
  const face = faceTendency(session, nowMs);
  if (face === null) return null;
  return {
    ...summaryView(face.summary),
    hypotheses: hypotheses(face.summary, situationOf(session, nowMs)).map(hypothesisView),
  };
}

/** The last quarter of an hour, whatever is known of the present. */
function seriesView({ emotion }: ActiveSession | PausedSession, nowMs: number): JsonObject {
  return { bucket_ms: SERIES_BUCKET_MS, ...columnsOf(seriesAt(emotion.series, nowMs), roundShare) };
}

/** A suggestion in wire names, in words to the learner. */
export function suggestionData({ id, offer, grounds }: Omit<Suggestion, "itemsMet" | "told">): JsonObject {
  const said = { id, kind: offer.kind, message: MESSAGES[offer.kind], grounds: grounds.map((one) => ({ ...one })) };
  switch (offer.kind) {
    case "hint":
      return { ...said, item_ref: offer.item, rung: offer.rung };
    case "worked_example":
      return { ...said, example: { item_ref: offer.item, prompt: offer.prompt, explanation: offer.explanation } };
    case "easier_item":
    case "easier_on_request":
    case "break":
    case "praise":
    case "teacher_attention":
      return said;
  }
}

function openSuggestion(session: ActiveSession | PausedSession, audience: SessionAudience): Json {
  // What a face called is open only while nothing newer is stored.
  const newest = session.faceHelp.open ?? session.suggestion;
  if (newest === null || (audience === "learner" && newest.told === "staff")) return null;
  return itemsMet(session) - newest.itemsMet < SUGGESTION_ITEMS_MAX ? suggestionData(newest) : null;
}

/** The members of a session's view that tell of affect, behaviour and the suggestion that is open, as of `nowMs`. */
export function wellBeingView(session: BegunSession, audience: SessionAudience, nowMs: number): JsonObject {
  if (session.status === "completed") return { affect: null, affect_series: null, behaviour: [], intervention: null };
  return {
    affect: affectView(session, nowMs),
    affect_series: seriesView(session, nowMs),
    behaviour: behavioursIn(situationOf(session, nowMs)).map(behaviourView),
    intervention: openSuggestion(session, audience),
  };
}
