/** What a strained face calls where the work is hard going too: help sooner than the work alone would bring it. */
import { hardestGoing, type Situation } from "./behaviour.ts";
import { COVERAGE_MIN } from "./hypotheses.ts";
import { type InterventionRecord, mayIntervene } from "./intervention.ts";
import { type Called, type Ground, helps } from "./intervention_policy.ts";
import type { AffectSummary } from "./trajectory.ts";

/** Strain must have been high for this long: no single frame, and no passing look, calls anything. */
export const STRAIN_DWELL_MS = 15_000;
/** How hard going the work must be for a strained face to count. */
const HARD_GOING_MIN = 0.5;
/** Work without a break after which one is suggested rather than more help. */
const BREAK_AFTER_MS = 20 * 60_000;

/** What the camera tells, where there is one. */
export interface FaceTendency {
  readonly summary: AffectSummary;
  /** Since when strain has been high; null while it is not. */
  readonly strainedSinceMs: number | null;
}

/** Whether strain has lasted and does not fall. */
function isStrained({ summary, strainedSinceMs }: FaceTendency, nowMs: number): boolean {
  if (strainedSinceMs === null || nowMs - strainedSinceMs < STRAIN_DWELL_MS) return false;
  return summary.face.coverage >= COVERAGE_MIN && summary.direction !== "falling";
}

/**
 * What to suggest now for the face, or null. It only offers, since what comes next is stored: easier items come when
 * the learner asks for them. `record`: of all suggestions so far, from which it keeps its distance.
 */
export function faceHelp(situation: Situation, face: FaceTendency, record: InterventionRecord): Called | null {
  const { nowMs, itemsMet, timeOnTaskMs, attention } = situation;
  // Whoever does not look at the tab sees no help.
  if (attention.hiddenSinceMs !== null) return null;
  const hard = hardestGoing(situation);
  if (!isStrained(face, nowMs) || hard === null || hard.degree < HARD_GOING_MIN) return null;
  const ground: Ground = { about: hard.about, says: hard.says };
  const called: Called[] = helps(situation, record).map((kind) => ({
    kind: kind === "easier_item" ? "easier_on_request" : kind,
    grounds: [ground],
  }));
  const lastBreak = record.made.break;
  const rested = lastBreak !== undefined && nowMs - lastBreak.atMs < BREAK_AFTER_MS;
  if (timeOnTaskMs >= BREAK_AFTER_MS && !rested) {
    const time: Ground = { about: "time_on_task", says: `${Math.floor(timeOnTaskMs / 60_000)} minutes of work` };
    called.unshift({ kind: "break", grounds: [ground, time] });
  }
  return called.find(({ kind }) => mayIntervene(record, kind, itemsMet, nowMs)) ?? null;
}
