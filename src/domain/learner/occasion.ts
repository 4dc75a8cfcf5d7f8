/** What is the same again among things done with others, so that it counts once a day (G12). */
import { localDaySpan } from "../local_day.ts";
import { dayLearntOn, type Streak } from "../rewards/streak.ts";
import type { ActivityFact } from "./messages.ts";

/** Activities of one kind that count on one day, with whomever and about whatever. */
export const ACTIVITIES_A_DAY_MAX = 5;

/** FNV-1a in 32 bits: two of one learner's few occasions of a day hardly ever share it. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(36);
}

/**
 * Its name: one for all of a kind that are done on one day of the learner's with the same people about the same. The day
 * is one of the streak's, the earliest that is not over, so that a change of zone brings no other before midnight has come.
 */
export function occasionOf(
  { kind, partners, subject, atMs }: ActivityFact,
  { streak, timeZone }: { readonly streak: Streak; readonly timeZone: string },
): string {
  const lived = localDaySpan(atMs, timeZone);
  const notOver = streak.latest.find(({ startMs, endMs }) => startMs <= atMs && atMs < endMs);
  const { date } = notOver ?? dayLearntOn(streak, lived, atMs) ?? lived;
  return `${kind}.${date}.${fingerprint([subject, ...partners.toSorted()].join("\n"))}`;
}

/** Whether it counts beside those that have counted: it is not the same again, and of its kind and day not too many. */
export function isAnotherOccasion(counted: readonly string[], occasion: string): boolean {
  const ofKindAndDay = occasion.slice(0, occasion.lastIndexOf(".") + 1);
  const sameDay = counted.filter((one) => one.startsWith(ofKindAndDay));
  return sameDay.length < ACTIVITIES_A_DAY_MAX && !sameDay.includes(occasion);
}
