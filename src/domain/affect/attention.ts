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
  /** Since when off task, as of the client's last word or the moment at which that was to change; null while not. */
  readonly offTaskSinceMs: number | null;
}

export const ATTENDING: Attention = { toldAtMs: null, hiddenSinceMs: null, absences: [], offTaskSinceMs: null };

/** Milliseconds away within the five minutes before `nowMs`. */
export function awayMs({ hiddenSinceMs, absences }: Attention, nowMs: number): number {
  const all = hiddenSinceMs === null ? absences : [...absences, { fromMs: hiddenSinceMs, untilMs: nowMs }];
  const fromMs = nowMs - LOOK_BACK_MS;
  return all.reduce((sum, one) => sum + Math.max(0, Math.min(nowMs, one.untilMs) - Math.max(fromMs, one.fromMs)), 0);
}

/**
 * Since when the learner has been off task as of `nowMs`, with hysteresis; null when they are not. The spell begins
 * with the absence that fills the minute: it was one from its start.
 */
export function offTaskSince(attention: Attention, nowMs: number): number | null {
  const { offTaskSinceMs, hiddenSinceMs } = attention;
  const away = awayMs(attention, nowMs);
  if (offTaskSinceMs !== null) return away > OFF_TASK_ENDS_MS ? offTaskSinceMs : null;
  // Only a hidden tab can fill it: while the tab is shown, absences do but leave the five minutes.
  return away >= OFF_TASK_MS ? hiddenSinceMs : null;
}

/** The attention at `nowMs`, when nothing was said but time has gone by. */
export function elapsed(attention: Attention, nowMs: number): Attention {
  return { ...attention, offTaskSinceMs: offTaskSince(attention, nowMs) };
}

/**
 * When the learner will be off task, or will be no more, if the client says nothing; null when that will not change.
 * Worked out from the last that was said, so that it stays the same until more is.
 */
export function offTaskChangeMs(attention: Attention): number | null {
  const { toldAtMs, hiddenSinceMs, absences, offTaskSinceMs } = attention;
  const begins = offTaskSinceMs === null;
  if (toldAtMs === null || begins !== (hiddenSinceMs !== null)) return null;
  const targetMs = begins ? OFF_TASK_MS : OFF_TASK_ENDS_MS;
  // Between these moments the time away changes evenly or not at all: an absence begins or ends leaving the five minutes.
  const bends = absences.flatMap(({ fromMs, untilMs }) => [fromMs + LOOK_BACK_MS, untilMs + LOOK_BACK_MS]);
  if (hiddenSinceMs !== null) bends.push(hiddenSinceMs + OFF_TASK_MS);
  let fromMs = toldAtMs;
  for (const bendMs of bends.filter((ms) => ms > toldAtMs).sort((a, b) => a - b)) {
    const away = awayMs(attention, bendMs);
    if (begins ? away >= targetMs : away <= targetMs) return fromMs + Math.abs(awayMs(attention, fromMs) - targetMs);
    fromMs = bendMs;
  }
  return null;
}

/** After the client's word that the tab was hidden or shown at `atMs`, by its own clock. */
export function attended(attention: Attention, hidden: boolean, atMs: number, nowMs: number): Attention {
  // Absences do not overlap, whatever the client's clock does.
  const fromMs = Math.max(nowMs - REPORT_AGE_MS_MAX, attention.absences.at(-1)?.untilMs ?? 0);
  const whenMs = Math.min(nowMs, Math.max(fromMs, Math.round(atMs)));
  const changed = turned(elapsed(attention, whenMs), hidden, whenMs);
  return elapsed({ ...changed, toldAtMs: nowMs }, nowMs);
}

function turned(attention: Attention, hidden: boolean, whenMs: number): Attention {
  const { hiddenSinceMs } = attention;
  // Said twice is said once.
  if (hidden === (hiddenSinceMs !== null)) return attention;
  if (hiddenSinceMs === null) return { ...attention, hiddenSinceMs: whenMs };
  if (whenMs - hiddenSinceMs < GLANCE_MS_MAX) return { ...attention, hiddenSinceMs: null };
  const absences = [...attention.absences, { fromMs: hiddenSinceMs, untilMs: whenMs }]
    .filter(({ untilMs }) => whenMs - untilMs <= LOOK_BACK_MS)
    .slice(-ABSENCES_MAX);
  return { ...attention, hiddenSinceMs: null, absences };
}
