/** The tutor's answer that a session waits for, worked out from its state alone. */
import type { SessionState } from "./state.ts";
import type { AskTutorEffect } from "./tutor_messages.ts";

/** The answer that an active session waits for; null when it waits for none. */
export function awaitedAnswer(state: SessionState): AskTutorEffect | null {
  if (state.status !== "active" || state.step.kind === "choosing") return null;
  const { open } = state.step;
  if (open.tutor === undefined || open.tutor.awaited === null) return null;
  const { learnerId, classId } = state.plan;
  const { rung, turns, awaited } = open.tutor;
  const { prompt, form, key, hints } = open.item;
  return { kind: "ask_tutor", ...awaited, learnerId, classId, item: { prompt, form, key, hints }, rung, turns };
}
