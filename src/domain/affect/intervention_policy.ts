/** Decides whether something should be suggested now: only where the tendency agrees with what the learner does. */
import { type BehaviourKind, behavioursIn, hardGoing, type Situation } from "./behaviour.ts";
import { COVERAGE_MIN } from "./hypotheses.ts";
import { type InterventionKind, type InterventionRecord, mayIntervene } from "./intervention.ts";
import type { AffectSummary } from "./trajectory.ts";
import { isLookingUp, wrongInARow } from "./work_log.ts";

/** Strain must have been high for this long: no single frame, and no passing look, calls anything. */
export const STRAIN_DWELL_MS = 15_000;
/** How hard going the work must be for a strained face to count. */
const HARD_GOING_MIN = 0.5;
/** A face at ease shows a struggle that may yet pay off: help then waits this long. */
const AT_EASE_STRAIN_MAX = 0.1;
const AT_EASE_WAIT_MS = 2 * 60_000;
/** Items after a help without effect at which the teacher is called. */
const HELPLESS_ITEMS = 2;
/** Work without a break after which one is suggested rather than more help. */
const BREAK_AFTER_MS = 20 * 60_000;
/** A spell that lasts so long is for the teacher. */
const LASTING_MS = 5 * 60_000;
const PRAISE_STREAK = 5;

/** What the learner did that speaks for a suggestion; never anything that a face showed. */
export interface Ground {
  readonly about: BehaviourKind | "errors" | "right_answers" | "time_on_task";
  readonly says: string;
}

export interface Called {
  readonly kind: InterventionKind;
  readonly grounds: readonly Ground[];
  /** Whether the face took part in calling it. */
  readonly byFace: boolean;
}

/** What the camera tells, where there is one. */
export interface FaceTendency {
  readonly summary: AffectSummary;
  /** Since when strain has been high; null while it is not. */
  readonly strainedSinceMs: number | null;
}

/** Whether strain has lasted and does not fall. */
function isStrained(face: FaceTendency | null, nowMs: number): boolean {
  if (face === null || face.strainedSinceMs === null) return false;
  const { summary } = face;
  return summary.face.coverage >= COVERAGE_MIN && summary.direction !== "falling" &&
    nowMs - face.strainedSinceMs >= STRAIN_DWELL_MS;
}

function isAtEase(face: FaceTendency | null): boolean {
  return face !== null && face.summary.face.coverage >= COVERAGE_MIN && face.summary.strain < AT_EASE_STRAIN_MAX;
}

/** Help with the work, the most telling first. Between two items an example waits for the item it is one of. */
function helps({ open, exampleAtHand, itemsMet, nowMs }: Situation, record: InterventionRecord) {
  if (open === null) {
    const waits = exampleAtHand && mayIntervene(record, "worked_example", itemsMet, nowMs);
    return waits ? [] : ["easier_item" as const];
  }
  return [
    ...(open.hasExample ? ["worked_example" as const] : []),
    ...(open.hintsLeft > 0 ? ["hint" as const] : []),
    "easier_item" as const,
  ];
}

/** Whether some help was given since `sinceMs` and items were met after it. */
function helpedInVain({ made }: InterventionRecord, sinceMs: number, itemsMet: number): boolean {
  const kinds: readonly InterventionKind[] = ["hint", "easier_item", "worked_example"];
  return kinds.some((kind) => {
    const help = made[kind];
    return help !== undefined && help.atMs >= sinceMs && itemsMet - help.itemsMet >= HELPLESS_ITEMS;
  });
}

function forBehaviour(
  kind: BehaviourKind,
  sinceMs: number,
  situation: Situation,
  face: FaceTendency | null,
  record: InterventionRecord,
): readonly InterventionKind[] {
  const { nowMs, itemsMet, attention, open, log } = situation;
  switch (kind) {
    case "unproductive_struggle":
      if (isLookingUp(log)) return [];
      if (helpedInVain(record, sinceMs, itemsMet)) return ["teacher_attention", ...helps(situation, record)];
      return isAtEase(face) && nowMs - sinceMs < AT_EASE_WAIT_MS ? [] : helps(situation, record);
    case "rapid_guessing":
    case "hint_abuse": {
      const slower = helps(situation, record).filter((help) => help !== "hint");
      return nowMs - sinceMs >= LASTING_MS ? ["teacher_attention", ...slower] : slower;
    }
    // Whoever does not look at the tab sees no hint.
    case "idle":
      if (attention.hiddenSinceMs !== null) return ["teacher_attention"];
      return open !== null && open.hintsLeft > 0 ? ["hint", "break"] : ["break"];
    case "off_task":
      return nowMs - sinceMs >= LASTING_MS ? ["teacher_attention", "break"] : ["break"];
  }
}

/** What a strained face calls, given that the work is hard going too. */
function forStrain(situation: Situation, record: InterventionRecord): readonly Called[] {
  const { nowMs, log, open, timeOnTaskMs } = situation;
  const wrong = wrongInARow(log);
  const says = wrong > 0
    ? `${wrong} ${wrong === 1 ? "answer was" : "answers in a row were"} not right`
    : `this question takes long, with ${open?.hintsUsed ?? 0} hints taken`;
  const errors: Ground = { about: "errors", says };
  const lastBreak = record.made.break;
  const rested = lastBreak !== undefined && nowMs - lastBreak.atMs < BREAK_AFTER_MS;
  const help = helps(situation, record).map((kind) => ({ kind, grounds: [errors], byFace: true }));
  if (timeOnTaskMs < BREAK_AFTER_MS || rested) return help;
  const time: Ground = { about: "time_on_task", says: `${Math.floor(timeOnTaskMs / 60_000)} minutes of work` };
  return [{ kind: "break", grounds: [errors, time], byFace: true }, ...help];
}

function forPraise({ log, streak }: Situation): readonly Called[] {
  const says = log.overcame
    ? "right again after a hard stretch"
    : streak > 0 && streak % PRAISE_STREAK === 0
    ? `${streak} right answers in a row`
    : null;
  return says === null ? [] : [{ kind: "praise", grounds: [{ about: "right_answers", says }], byFace: false }];
}

/**
 * What to suggest now, or null. Of all that the situation calls for, the most pressing that may be made: behaviour
 * alone may call, a face never does without it.
 */
export function intervention(
  situation: Situation,
  face: FaceTendency | null,
  record: InterventionRecord,
): Called | null {
  const { nowMs, itemsMet } = situation;
  const called: Called[] = behavioursIn(situation).flatMap(({ kind: about, sinceMs, says }) =>
    forBehaviour(about, sinceMs, situation, face, record).map((kind) => ({
      kind,
      grounds: [{ about, says }],
      byFace: false,
    }))
  );
  if (isStrained(face, nowMs) && hardGoing(situation) >= HARD_GOING_MIN) called.push(...forStrain(situation, record));
  called.push(...forPraise(situation));
  return called.find(({ kind }) => mayIntervene(record, kind, itemsMet, nowMs)) ?? null;
}
