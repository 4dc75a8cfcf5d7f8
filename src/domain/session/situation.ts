/** A session's work as the sciences of behaviour and affect look at it. */
import { hardGoing, type Situation } from "../affect/behaviour.ts";
import { strainedSince } from "../affect/emotion_window.ts";
import type { FaceTendency } from "../affect/face_help.ts";
import { affectSummary } from "../affect/trajectory.ts";
import { HINT_RUNGS } from "./limits.ts";
import { type ActiveSession, itemsMet, type PausedSession } from "./state.ts";
import { exampleFor } from "./worked_example.ts";

/** The work as of `nowMs`; a pause is no time at work. */
export function situationOf(session: ActiveSession | PausedSession, nowMs: number): Situation {
  const isActive = session.status === "active";
  const sinceClockMs = isActive ? Math.max(0, nowMs - session.clockMs) : 0;
  const open = session.step.kind === "item_open" ? session.step.open : null;
  return {
    nowMs,
    log: session.work,
    attention: session.attention,
    idleSinceMs: isActive ? session.idleSinceMs : null,
    streak: session.tally.streak,
    itemsMet: itemsMet(session),
    timeOnTaskMs: session.tally.timeOnTaskMs + sinceClockMs,
    exampleAtHand: open === null && hasRelated(session),
    open: open === null ? null : {
      workedMs: open.workedMs + sinceClockMs,
      hintsUsed: open.hintsGiven,
      hintsLeft: HINT_RUNGS - open.hintsGiven,
      hasExample: exampleFor(open.item, session.examples) !== null,
    },
  };
}

/** Whether the latest item shares a skill with an answered one that is another item. */
function hasRelated({ history, examples }: ActiveSession | PausedSession): boolean {
  const latest = history.at(-1);
  return latest !== undefined && exampleFor(latest, examples) !== null;
}

/** What the camera tells as of `nowMs`; null without a face. */
export function faceTendency(session: ActiveSession | PausedSession, nowMs: number): FaceTendency | null {
  const { emotion } = session;
  const summary = affectSummary(emotion, hardGoing(situationOf(session, nowMs)), nowMs);
  if (summary === null) return null;
  return { summary, strainedSinceMs: strainedSince(emotion.strainedSinceMs, summary.strain, nowMs) };
}
