/** Decides what a camera reading changes: a bounded window and what watchers see now, never a grade. */
import { hardGoing } from "../affect/behaviour.ts";
import { type EmotionWindow, observed, refusesObservation } from "../affect/emotion_window.ts";
import { type EmotionObservation, EMOTIONS } from "../affect/observation.ts";
import { accept, type Ephemeral, note, reject, type TurnContext } from "../decision.ts";
import type { Json } from "../json.ts";
import { summaryView } from "./affect_view.ts";
import { withFaceHelp } from "./decide_face_help.ts";
import { notActive } from "./not_active.ts";
import { type SessionDecision, settle } from "./settle.ts";
import { faceTendency, situationOf } from "./situation.ts";
import type { ActiveSession, BegunSession } from "./state.ts";
import { roundShare } from "./tally.ts";

/** The reading as watchers are told it: the likeliest emotion first, then all by name, and the stress it leads to. */
function emotionData(observation: EmotionObservation, session: ActiveSession, nowMs: number): Json {
  const at = new Date(nowMs).toISOString();
  const face = faceTendency(session, nowMs);
  const stress = face === null ? null : roundShare(face.summary.stress);
  const { reading, capturedAtMs, model, source } = observation;
  const common = { at, captured_at_ms: capturedAtMs, model, source, stress_level: stress };
  if (reading.kind === "no_face") return { ...common, face: false };
  const named = EMOTIONS.map((emotion, i) => [emotion, roundShare(reading.probabilities[i] ?? 0)] as const);
  const [emotion, confidence] = named.reduce((best, next) => next[1] > best[1] ? next : best);
  const { confident, faces } = reading;
  return { ...common, face: true, emotion, confidence, confident, probabilities: Object.fromEntries(named), faces };
}

/** The tendency goes out whenever a new point of its series has begun, not with each frame. */
function tendencyTold(before: EmotionWindow, session: ActiveSession, nowMs: number): readonly Ephemeral[] {
  if (session.emotion.series.at(-1)?.startMs === before.series.at(-1)?.startMs) return [];
  const face = faceTendency(session, nowMs);
  if (face === null) return [];
  return [{ type: "affect", data: summaryView(face.summary), audiences: ["learner", "staff"] }];
}

/** Notes a reading and the help that it calls for, all in memory: a reading never makes an event (M25). */
function noted(session: ActiveSession, observation: EmotionObservation, nowMs: number): SessionDecision {
  const emotion = observed(session.emotion, observation, hardGoing(situationOf(session, nowMs)), nowMs);
  const { state, ephemerals } = withFaceHelp({ ...session, emotion }, nowMs);
  const data = emotionData(observation, state, nowMs);
  const told: Ephemeral = { type: "emotion", data, audiences: ["learner", "staff"] };
  const all = [told, ...ephemerals, ...tendencyTold(session.emotion, state, nowMs)];
  return note(state, { reply: data, ephemerals: all });
}

/** Notes a reading of an active session, unless it came out of order or right after forgetting. */
export function decideObservation(
  session: BegunSession,
  observation: EmotionObservation,
  context: TurnContext,
): SessionDecision {
  if (session.status !== "active") return notActive(session.status);
  switch (refusesObservation(session.emotion, observation, context.nowMs)) {
    case "forgotten":
      return reject("emotion_forgotten", "Emotion readings were just deleted; this one is not kept.");
    case "superseded":
      return reject("superseded_observation", "A newer frame has been read already.");
    case null:
      return noted(session, observation, context.nowMs);
  }
}

/** Deletes every reading kept; recorded, so that no older snapshot brings them back. */
export function decideForgetting(session: BegunSession, context: TurnContext): SessionDecision {
  const reply = { forgotten: true };
  if (session.status === "completed") return accept([], { reply });
  return settle(session, [{ type: "emotion_forgotten" }], context, { reply });
}
