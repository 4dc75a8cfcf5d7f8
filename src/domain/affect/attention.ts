/** Whether the lesson's tab is looked at: told by the client, bounded, in memory, never an event. */

/** A look away shorter than this is no absence; nor do quick changes fill the memory. */
const GLANCE_MS_MAX = 2_000;
/** Time looked back on, and absences kept within it. */
const LOOK_BACK_MS = 5 * 60_000;
const ABSENCES_MAX = 32;
/** Time away within it from which on the learner counts as off task, and down to which they still do. */
const OFF_TASK_MS = 60_000;
const OFF_TASK_ENDS_MS = 20_000;
/** A client's clock is believed this far. */
const REPORT_AGE_MS_MAX = 10_000;

interface Absence {
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface Attention {
  /** When the client last said something, by the server's clock; null before. */
  readonly toldAtMs: number | null;
  /** Since when the tab has been hidden; null while it is shown. */
  readonly hiddenSinceMs: number | null;
  /** Ended ones, oldest first. */
  readonly absences: readonly Absence[];
  /** Since when off task; null while not. */
  readonly offTaskSinceMs: number | null;
}

export const ATTENDING: Attention = { toldAtMs: null, hiddenSinceMs: null, absences: [], offTaskSinceMs: null };

/** Milliseconds away within the five minutes before `nowMs`. */
export function awayMs({ hiddenSinceMs, absences }: Attention, nowMs: number): number {
  const all = hiddenSinceMs === null ? absences : [...absences, { fromMs: hiddenSinceMs, untilMs: nowMs }];
  const fromMs = nowMs - LOOK_BACK_MS;
  return all.reduce((sum, one) => sum + Math.max(0, Math.min(nowMs, one.untilMs) - Math.max(fromMs, one.fromMs)), 0);
}

/** Since when the learner has been off task as of `nowMs`, with hysteresis; null when they are not. */
export function offTaskSince(attention: Attention, nowMs: number): number | null {
  const { offTaskSinceMs } = attention;
  const away = awayMs(attention, nowMs);
  if (offTaskSinceMs !== null) return away > OFF_TASK_ENDS_MS ? offTaskSinceMs : null;
  return away >= OFF_TASK_MS ? nowMs : null;
}

/** After the client's word that the tab was hidden or shown at `atMs`, by its own clock. */
export function attended(attention: Attention, hidden: boolean, atMs: number, nowMs: number): Attention {
  const whenMs = Math.min(nowMs, Math.max(nowMs - REPORT_AGE_MS_MAX, atMs));
  const before = { ...attention, toldAtMs: nowMs, offTaskSinceMs: offTaskSince(attention, nowMs) };
  const { hiddenSinceMs } = before;
  // Said twice is said once.
  if (hidden === (hiddenSinceMs !== null)) return before;
  if (hiddenSinceMs === null) return { ...before, hiddenSinceMs: whenMs };
  if (whenMs - hiddenSinceMs < GLANCE_MS_MAX) return { ...before, hiddenSinceMs: null };
  const absences = [...before.absences, { fromMs: hiddenSinceMs, untilMs: whenMs }]
    .filter(({ untilMs }) => nowMs - untilMs <= LOOK_BACK_MS)
    .slice(-ABSENCES_MAX);
  return { ...before, hiddenSinceMs: null, absences };
}
