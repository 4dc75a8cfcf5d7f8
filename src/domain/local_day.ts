/** The calendar and the clock on a learner's wall: pure arithmetic on the IANA time zone database, no clock is read. */

export const DEFAULT_TIME_ZONE = "UTC";
const TIME_ZONE_LENGTH_MAX = 64;

/** One date of the calendar as one time zone lives it: usually 24 hours, one more or less where clocks change. */
export interface LocalDay {
  /** Days since 1 January 1970 of the local calendar: dates that follow each other differ by one. */
  readonly date: number;
  readonly startMs: number;
  /** When the next day begins. */
  readonly endMs: number;
}

const EPOCH = Temporal.PlainDate.from("1970-01-01");

function localTime(atMs: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone);
}

function dateNumber(time: Temporal.ZonedDateTime): number {
  return time.toPlainDate().since(EPOCH, { largestUnit: "days" }).days;
}

/** The local date at `atMs`, as days since 1 January 1970. Throws RangeError for a zone that {@link isTimeZone} refuses. */
export function localDay(atMs: number, timeZone: string): number {
  return dateNumber(localTime(atMs, timeZone));
}

/** The local day around `atMs` with its first moment and its end; a date that a zone left out is no day. */
export function localDaySpan(atMs: number, timeZone: string): LocalDay {
  const time = localTime(atMs, timeZone);
  const start = time.startOfDay();
  // Where a zone leaves a date out, adding one to the date lands past it, on the day that follows.
  const end = start.add({ days: 1 }).startOfDay();
  return { date: dateNumber(time), startMs: start.epochMilliseconds, endMs: end.epochMilliseconds };
}

/** The hour on the clock at `atMs`, 0 to 23. */
export function localHour(atMs: number, timeZone: string): number {
  return localTime(atMs, timeZone).hour;
}

/** A date number as `2026-03-29`. */
export function isoDate(date: number): string {
  return EPOCH.add({ days: date }).toString();
}

/** Whether `name` is a time zone of the IANA database; a bare offset is none, since it knows no daylight saving. */
export function isTimeZone(name: string): boolean {
  if (name.length > TIME_ZONE_LENGTH_MAX || !/^[A-Za-z]/.test(name)) return false;
  try {
    localTime(0, name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
