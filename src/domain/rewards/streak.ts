/**
 * Days in a row on which a learner has learnt, by the calendar of where they live.
 *
 * - A date of the calendar counts once, in whichever time zone it was lived; who travels west lives it for longer.
 * - A moment counts for one date. Where the dates of two zones overlap by more than an hour, none counts that was
 *   learnt on while the one before it, or the one after it, counted already and was not over where it was lived, nor one
 *   of which less than {@link LEFT_MIN_MS} was left by then: that rest belongs to the day before. So three dates take four
 *   hours at least, through whichever zones one goes.
 * - A day is missed when it lies whole between two that count: by its date and by the time between them. So neither a
 *   change of zone nor of the clocks, nor a date that a zone left out, breaks a streak.
 * - Every {@link FREEZE_EVERY_DAYS} days in a row earn a freeze, of which {@link FREEZES_MAX} are kept. Missed days cost
 *   a freeze each, taken by themselves when the learner is back, if there are enough for all of them; days that were
 *   frozen add nothing. With too few the streak begins anew and the freezes stay.
 * - Nothing else repairs a streak, except the truth: an answer that arrives late counts for the day it was given, among
 *   the {@link DAYS_KEPT_MAX} latest, and what was taken for a gap is closed.
 */
import { type LocalDay, localDaySpan } from "../local_day.ts";

export const FREEZE_EVERY_DAYS = 7;
export const FREEZES_MAX = 2;
export const DAYS_KEPT_MAX = 14;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Nobody travels east so fast that they live less of a date than this. */
const LEFT_MIN_MS = 6 * HOUR_MS;

/** A streak as it stood after some day. */
export interface Run {
  /** Its date, and when it or a day before it ended last, since dates overlap for who travels. Null before the first. */
  readonly last: Pick<LocalDay, "date" | "endMs"> | null;
  /** Days that count, without frozen ones. */
  readonly length: number;
  readonly best: number;
  readonly freezes: number;
  /** Days that count at all, in this run and those before. */
  readonly days: number;
}

export interface Streak {
  /** As it stood before {@link latest}. */
  readonly base: Run;
  /** The latest days that count, in the order of their dates. */
  readonly latest: readonly LocalDay[];
}

export const NO_STREAK: Streak = { base: { last: null, length: 0, best: 0, freezes: 0, days: 0 }, latest: [] };

/** Days that were missed between two that are in order. */
function missedBetween(last: Pick<LocalDay, "date" | "endMs">, next: LocalDay): number {
  const dates = next.date - last.date - 1;
  // Where clocks go forward 23 hours are all that a date has.
  const wholeDays = Math.floor((next.startMs - last.endMs + HOUR_MS) / DAY_MS);
  return Math.max(0, Math.min(dates, wholeDays));
}

function afterDay({ last, length, best, freezes, days }: Run, day: LocalDay): Run {
  const missed = last === null ? 0 : missedBetween(last, day);
  const goesOn = missed <= freezes;
  const reached = goesOn ? length + 1 : 1;
  const left = goesOn ? freezes - missed : freezes;
  return {
    last: { date: day.date, endMs: Math.max(last?.endMs ?? 0, day.endMs) },
    length: reached,
    best: Math.max(best, reached),
    freezes: reached % FREEZE_EVERY_DAYS === 0 ? Math.min(FREEZES_MAX, left + 1) : left,
    days: days + 1,
  };
}

/** The streak after its latest day, whenever that was. */
export function runOf({ base, latest }: Streak): Run {
  return latest.reduce(afterDay, base);
}

/** Whether one date follows another as on one calendar, but for the hour that a day may lack without being missed. */
function follows(earlier: Pick<LocalDay, "endMs">, later: LocalDay): boolean {
  return later.startMs >= earlier.endMs - HOUR_MS || later.endMs >= earlier.endMs + DAY_MS - HOUR_MS;
}

function outlasts(earlier: Pick<LocalDay, "endMs">, later: LocalDay): boolean {
  return later.endMs >= earlier.endMs + LEFT_MIN_MS;
}

/**
 * The day that learning at `atMs` counts for, on the local day `lived`: one of the streak's as it is, the same lasting
 * longer, or a new one. Null where that is longer ago than the streak tells days apart.
 */
export function dayLearntOn({ base, latest }: Streak, lived: LocalDay, atMs: number): LocalDay | null {
  const kept = latest.find(({ date }) => date === lived.date);
  if (kept !== undefined) return atMs < kept.endMs ? kept : { ...kept, endMs: Math.max(kept.endMs, lived.endMs) };
  if (base.last !== null && lived.date <= base.last.date) return null;
  const known = latest.findLast(({ date }) => date < lived.date);
  const before = known ?? base.last;
  const after = latest.find(({ date }) => date > lived.date);
  const isOver = before === null || atMs >= before.endMs;
  const isEarly = after === undefined || atMs < after.startMs;
  if (
    (before === null || follows(before, lived) || (isOver && outlasts(before, lived))) &&
    (after === undefined || follows(lived, after) || (isEarly && outlasts(lived, after)))
  ) return lived;
  if (known !== undefined && isOver && isEarly) return { ...known, endMs: Math.max(known.endMs, lived.endMs) };
  return latest.findLast(({ startMs }) => startMs <= atMs) ?? null;
}

/** The streak with one more day, or with one of its days for longer; for what {@link dayLearntOn} gives. */
export function withDay({ base, latest }: Streak, day: LocalDay): Streak {
  const kept = latest.find(({ date }) => date === day.date);
  const longer = kept === undefined ? day : { ...kept, endMs: Math.max(kept.endMs, day.endMs) };
  const all = [...latest.filter((one) => one !== kept), longer].sort((a, b) => a.date - b.date);
  const [oldest] = all;
  if (all.length <= DAYS_KEPT_MAX || oldest === undefined) return { base, latest: all };
  return { base: afterDay(base, oldest), latest: all.slice(1) };
}

export type StreakStatus =
  /** No day has counted yet. */
  | "none"
  /** Today counts already. */
  | "done_today"
  /** Goes on if the learner learns today. */
  | "open_today"
  /** The same, at the cost of freezes. */
  | "frozen"
  | "broken";

export interface StreakStanding {
  readonly status: StreakStatus;
  /** 0 once broken. */
  readonly length: number;
  readonly best: number;
  readonly freezes: number;
  /** Freezes that learning today would cost. */
  readonly freezesDue: number;
  readonly days: number;
}

/** How the streak stands at `nowMs` where the learner lives. */
export function streakAt(streak: Streak, nowMs: number, timeZone: string): StreakStanding {
  const { last, length, best, freezes, days } = runOf(streak);
  const standing = { length, best, freezes, freezesDue: 0, days };
  if (last === null) return { ...standing, status: "none" };
  const today = localDaySpan(nowMs, timeZone);
  if (today.date <= last.date) return { ...standing, status: "done_today" };
  const missed = missedBetween(last, today);
  if (missed === 0) return { ...standing, status: "open_today" };
  return missed <= freezes
    ? { ...standing, status: "frozen", freezesDue: missed }
    : { ...standing, status: "broken", length: 0 };
}
