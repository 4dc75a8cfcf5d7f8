/** What a learner is doing, told by the work and the tab alone: behaviour, not emotion, and no camera needed. */
import { type Attention, awayMs, offTaskSince } from "./attention.ts";
import { rushedItems } from "./hint_abuse.ts";
import { rapidGuesses } from "./rapid_guessing.ts";
import type { Struggle } from "./unproductive_struggle.ts";
import type { WorkedItem } from "./worked_item.ts";
import { isLookingUp, notRightInARow, type WorkLog } from "./work_log.ts";

export type BehaviourKind = "idle" | "rapid_guessing" | "hint_abuse" | "unproductive_struggle" | "off_task";

/** A spell of one behaviour and the evidence for it, in plain words. */
export interface Behaviour {
  readonly kind: BehaviourKind;
  readonly sinceMs: number;
  readonly says: string;
}

/** A session's work at one moment. */
export interface Situation {
  readonly nowMs: number;
  readonly log: WorkLog;
  readonly attention: Attention;
  /** Since when nothing has come from the learner, once that was noticed; else null. */
  readonly idleSinceMs: number | null;
  /** Right answers in a row until now. */
  readonly streak: number;
  /** Items closed in this session. */
  readonly itemsMet: number;
  readonly timeOnTaskMs: number;
  /** Between two items: whether a closed one practises what the latest did, so that the next may have an example. */
  readonly exampleAtHand: boolean;
  readonly open: {
    readonly workedMs: number;
    readonly hintsUsed: number;
    readonly hintsLeft: number;
    /** Whether a closed item of this session can serve as an example of it. */
    readonly hasExample: boolean;
  } | null;
}

/** Wrong answers in a row at which the work is wholly hard going. */
const HARD_GOING_WRONG = 3;
/** What hints taken, or a long time on the open item, make of it. */
const HARD_GOING_BY_ITEM = 0.5;
const HARD_GOING_HINTS = 2;
/** Times the usual time to an answer that count as long, and the least. */
const LONG_TIMES_USUAL = 3;
const LONG_MS_MIN = 90_000;

/** `12 s` below two minutes, `3 min` above. */
function duration(ms: number): string {
  return ms < 120_000 ? `${Math.round(ms / 1_000)} s` : `${Math.round(ms / 60_000)} min`;
}

/** `3 answers in a row were not right`; where items of the row were skipped, it says that instead of answers. */
function rowSays(row: readonly WorkedItem[], items: number, onSkill: string): string {
  const skipped = row.filter(({ outcome }) => outcome === "skipped").length;
  const noun = skipped === 0 ? "answer" : "question";
  const were = items === 1 ? `1 ${noun}${onSkill} was` : `${items} ${noun}s in a row${onSkill} were`;
  if (skipped === 0) return `${were} not right`;
  return skipped === items ? `${were} passed over` : `${were} not right or passed over`;
}

function struggleSays({ skillId, cause }: Struggle, log: WorkLog): string {
  const practice = log.skills[skillId];
  if (cause === "wheel_spinning") {
    return `${practice?.opportunities ?? 0} questions on ${skillId} without three right in a row`;
  }
  const row = notRightInARow(log.recent.filter(({ skills }) => skills.includes(skillId)));
  return `${rowSays(row, practice?.wrongInARow ?? 0, ` on ${skillId}`)}, with time spent on them`;
}

/** Every spell that is on at this moment, the longest lasting first. */
export function behavioursIn({ nowMs, log, attention, idleSinceMs }: Situation): readonly Behaviour[] {
  const found: Behaviour[] = [];
  if (log.struggle !== null) {
    const says = struggleSays(log.struggle, log);
    found.push({ kind: "unproductive_struggle", sinceMs: log.struggle.sinceMs, says });
  }
  if (log.rapidGuessing !== null) {
    const says = `${rapidGuesses(log.recent)} of the last answers were wrong and quicker than the question can be read`;
    found.push({ kind: "rapid_guessing", ...log.rapidGuessing, says });
  }
  if (log.hintAbuse !== null) {
    const says = `all hints of ${rushedItems(log.recent)} of the last questions were taken in quick succession`;
    found.push({ kind: "hint_abuse", ...log.hintAbuse, says });
  }
  if (idleSinceMs !== null) {
    found.push({ kind: "idle", sinceMs: idleSinceMs, says: `nothing was sent for ${duration(nowMs - idleSinceMs)}` });
  }
  const offTaskSinceMs = offTaskSince(attention, nowMs);
  if (offTaskSinceMs !== null) {
    const says = `the lesson's tab was hidden for ${duration(awayMs(attention, nowMs))} of the last five minutes`;
    found.push({ kind: "off_task", sinceMs: offTaskSinceMs, says });
  }
  return found.sort((a, b) => a.sinceMs - b.sinceMs);
}

/** Whether the open item takes far longer than this learner usually needs. */
export function isLongOnItem({ log, open }: Situation): boolean {
  return open !== null && open.workedMs >= Math.max(LONG_MS_MIN, LONG_TIMES_USUAL * (log.usual?.ms ?? 0));
}

/** What makes the work hard going, as far as it does, 0 to 1. */
export interface HardGoing {
  readonly degree: number;
  readonly about: "unproductive_struggle" | "errors" | "time_on_item" | "hints";
  readonly says: string;
}

function hardItem(situation: Situation): HardGoing | null {
  if (isLongOnItem(situation)) {
    return { degree: HARD_GOING_BY_ITEM, about: "time_on_item", says: "this question takes long" };
  }
  const hints = situation.open?.hintsUsed ?? 0;
  if (hints < HARD_GOING_HINTS) return null;
  return { degree: HARD_GOING_BY_ITEM, about: "hints", says: `${hints} hints were taken on this question` };
}

/** What the learner does that most makes the work hard going, in plain words; null where nothing does. */
export function hardestGoing(situation: Situation): HardGoing | null {
  const { log } = situation;
  if (log.struggle !== null && !isLookingUp(log)) {
    return { degree: 1, about: "unproductive_struggle", says: struggleSays(log.struggle, log) };
  }
  const row = notRightInARow(log.recent);
  const degree = Math.min(1, row.length / HARD_GOING_WRONG);
  const item = hardItem(situation);
  if (item !== null && item.degree > degree) return item;
  return degree === 0 ? null : { degree, about: "errors", says: rowSays(row, row.length, "") };
}

/** How hard going the work is by what the learner does, 0 to 1. */
export function hardGoing(situation: Situation): number {
  return hardestGoing(situation)?.degree ?? 0;
}
