/** What a learner is doing, told by the work and the tab alone: behaviour, not emotion, and no camera needed. */
import { type Attention, awayMs, offTaskSince } from "./attention.ts";
import { rushedItems } from "./hint_abuse.ts";
import { rapidGuesses } from "./rapid_guessing.ts";
import type { Struggle } from "./unproductive_struggle.ts";
import { isLookingUp, type WorkLog, wrongInARow } from "./work_log.ts";

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

function struggleSays({ skillId, cause }: Struggle, log: WorkLog): string {
  const practice = log.skills[skillId];
  return cause === "wrong_in_a_row"
    ? `${practice?.wrongInARow ?? 0} answers in a row on ${skillId} were not right, with time spent on them`
    : `${practice?.opportunities ?? 0} questions on ${skillId} without three right in a row`;
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

/** How hard going the work is by what the learner does, 0 to 1. */
export function hardGoing(situation: Situation): number {
  const { log, open } = situation;
  if (log.struggle !== null && !isLookingUp(log)) return 1;
  const byItem = isLongOnItem(situation) || (open !== null && open.hintsUsed >= HARD_GOING_HINTS);
  return Math.max(Math.min(1, wrongInARow(log) / HARD_GOING_WRONG), byItem ? HARD_GOING_BY_ITEM : 0);
}
