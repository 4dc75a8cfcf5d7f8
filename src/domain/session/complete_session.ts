/** How a session ends, whoever or whatever ends it. */
import type { Json } from "../json.ts";
import type { CompletionCause, SessionEvent } from "./messages.ts";
import { performanceMetrics } from "./tally.ts";
import { type ActiveSession, type PausedSession, progressOf } from "./state.ts";

type Completed = Extract<SessionEvent, { type: "completed" }>;

/** The event that ends `session` at `nowMs`, with its final figures. */
export function completion(session: ActiveSession | PausedSession, cause: CompletionCause, nowMs: number): Completed {
  const { plan, tally } = session;
  const sinceClockMs = session.status === "active" ? Math.max(0, nowMs - session.clockMs) : 0;
  return {
    type: "completed",
    cause,
    progress: progressOf(plan, tally.answered),
    tally: { ...tally, timeOnTaskMs: tally.timeOnTaskMs + sinceClockMs },
  };
}

/** What the event tells, as wire data. */
export function completionData({ cause, progress, tally }: Completed): Json {
  return { status: "completed", cause, progress, performance_metrics: performanceMetrics(tally) };
}
