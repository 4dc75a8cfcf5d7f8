/** Decides what a camera reading changes: a bounded window and what watchers see now, never a grade. */
import { type EmotionObservation, EMOTIONS } from "../affect/observation.ts";
import { observed, refusesObservation } from "../affect/emotion_window.ts";
import { accept, reject, type TurnContext } from "../decision.ts";
import type { Json } from "../json.ts";
import { notActive } from "./not_active.ts";
import { roundShare } from "./tally.ts";
import { type SessionDecision, settle } from "./settle.ts";
import type { BegunSession } from "./state.ts";

/** The reading as watchers are told it: the likeliest emotion first, then all by name. */
function emotionData(observation: EmotionObservation, nowMs: number): Json {
  const at = new Date(nowMs).toISOString();
  const common = { at, captured_at_ms: observation.capturedAtMs, model: observation.model };
  const { reading } = observation;
  if (reading.kind === "no_face") return { ...common, face: false };
  const named = EMOTIONS.map((emotion, i) => [emotion, roundShare(reading.probabilities[i] ?? 0)] as const);
  const [emotion, confidence] = named.reduce((best, next) => next[1] > best[1] ? next : best);
  const { confident, faces } = reading;
  return { ...common, face: true, emotion, confidence, confident, probabilities: Object.fromEntries(named), faces };
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
    case null: {
      const data = emotionData(observation, context.nowMs);
      return {
        kind: "noted",
        state: { ...session, emotion: observed(session.emotion, observation, context.nowMs) },
        reply: data,
        ephemerals: [{ type: "emotion", data, audiences: ["learner", "staff"] }],
      };
    }
  }
}

/** Deletes every reading kept; recorded, so that no older snapshot brings them back. */
export function decideForgetting(session: BegunSession, context: TurnContext): SessionDecision {
  const reply = { forgotten: true };
  if (session.status === "completed") return accept([], { reply });
  return settle(session, [{ type: "emotion_forgotten" }], context, { reply });
}
