/** Who is in a lesson on which devices: heard, hidden, lost and back. Known from what the edge tells, and not stored. */
import type { AttendingDevice } from "../attendance.ts";
import type { ClientConnection } from "../decision.ts";
import { entryOf } from "../entry_of.ts";
import { LOST_DEVICES_KEPT } from "./limits.ts";
import type { Attendance, Device, OpenedLesson } from "./state.ts";

/** Null: nothing is known of them since the lesson was read anew, or they have never been here. */
export function attendanceOf({ attendance }: OpenedLesson, userId: string): Attendance | null {
  return entryOf(attendance, userId);
}

export function deviceCount({ devices }: Attendance): number {
  return Object.keys(devices).length;
}

export function isHere(lesson: OpenedLesson, userId: string): boolean {
  const attendance = attendanceOf(lesson, userId);
  return attendance !== null && deviceCount(attendance) > 0;
}

/** Since when none of their devices shows the lesson; null while one does, and when they have none. */
export function hiddenSinceMs({ devices, lost }: Attendance): number | null {
  let sinceMs = lost.at(-1)?.atMs ?? -Infinity;
  for (const device of Object.values(devices)) {
    if (device.hiddenSinceMs === null) return null;
    sinceMs = Math.max(sinceMs, device.hiddenSinceMs);
  }
  return Object.keys(devices).length === 0 ? null : sinceMs;
}

/**
 * What is known of a person once the edge has told of their devices. Each that falls silent or goes is lost, until it is
 * heard again or another comes: that makes up for the one lost first, so that what was lost after a question is missed
 * as long as any device of them is.
 */
export function attended(
  before: Attendance | null,
  devices: readonly AttendingDevice[],
  nowMs: number,
): Attendance {
  const known = before?.devices ?? {};
  const heard = new Set(devices.filter(({ isHeard }) => isHeard).map(({ id }) => id));
  const isSilentSince = (id: string) => entryOf(known, id)?.isHeard === false;
  const fell = Object.keys(known).filter((id) => !isSilentSince(id) && !heard.has(id));
  const missed = [...before?.lost ?? [], ...fell.map((id) => ({ id, atMs: nowMs }))];
  const still = missed.filter(({ id }) => !heard.has(id));
  const wasMissed = new Set(missed.map(({ id }) => id));
  const come = [...heard].filter((id) => entryOf(known, id) === null && !wasMissed.has(id)).length;
  // Silent from the first that is known of it: nobody has taken its place.
  const unheard = devices.filter(({ id, isHeard }) => !isHeard && entryOf(known, id) === null && !wasMissed.has(id));
  const lost = [...still.slice(come), ...unheard.map(({ id }) => ({ id, atMs: nowMs }))];
  const turned = before === null || (deviceCount(before) > 0) !== (devices.length > 0);
  const isBack = [...heard].some((id) => entryOf(known, id)?.isHeard !== true);
  return {
    devices: Object.fromEntries(devices.map(({ id, isHeard }): [string, Device] => {
      return [id, { isHeard, hiddenSinceMs: entryOf(known, id)?.hiddenSinceMs ?? null }];
    })),
    sinceMs: turned ? nowMs : before.sinceMs,
    heardSinceMs: isBack || before === null ? nowMs : before.heardSinceMs,
    lost: lost.slice(-LOST_DEVICES_KEPT),
  };
}

/** The same once the tab on this connection is hidden (from no earlier than their coming to no later than now) or shown. */
export function attentive(
  before: Attendance | null,
  { id }: ClientConnection,
  tab: { readonly hidden: boolean; readonly at: number },
  nowMs: number,
): Attendance {
  const known = before ?? attended(null, [{ id, isHeard: true }], nowMs);
  const device = entryOf(known.devices, id);
  const sinceMs = Math.min(Math.max(Number.isFinite(tab.at) ? tab.at : nowMs, known.sinceMs), nowMs);
  const hidden = tab.hidden ? device?.hiddenSinceMs ?? sinceMs : null;
  // A tab that speaks before its coming was told is here.
  return { ...known, devices: { ...known.devices, [id]: { isHeard: device?.isHeard ?? true, hiddenSinceMs: hidden } } };
}
