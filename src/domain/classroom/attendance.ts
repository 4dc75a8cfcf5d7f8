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
export function hiddenSinceMs({ devices, lostAtMs }: Attendance): number | null {
  let sinceMs = lostAtMs.at(-1) ?? -Infinity;
  for (const device of Object.values(devices)) {
    if (device.hiddenSinceMs === null) return null;
    sinceMs = Math.max(sinceMs, device.hiddenSinceMs);
  }
  return Object.keys(devices).length === 0 ? null : sinceMs;
}

/**
 * What is known of a person once the edge has told of their devices. Each that falls silent or goes is lost; each that
 * comes or is heard again makes up for the one lost last.
 */
export function attended(before: Attendance | null, devices: readonly AttendingDevice[], nowMs: number): Attendance {
  const known = before?.devices ?? {};
  const told = new Map(devices.map(({ id, isHeard }) => [id, isHeard]));
  const fell = Object.entries(known).filter(([id, { isHeard }]) => isHeard && told.get(id) !== true).length;
  const back = devices.filter(({ id, isHeard }) => isHeard && entryOf(known, id)?.isHeard !== true).length;
  // Silent from the first that is known of it: nobody has taken its place.
  const unheard = devices.filter(({ id, isHeard }) => !isHeard && entryOf(known, id) === null).length;
  const missed = [...before?.lostAtMs ?? [], ...Array<number>(fell).fill(nowMs)];
  const lostAtMs = [...missed.slice(0, Math.max(0, missed.length - back)), ...Array<number>(unheard).fill(nowMs)];
  const turned = before === null || (deviceCount(before) > 0) !== (devices.length > 0);
  return {
    devices: Object.fromEntries(devices.map(({ id, isHeard }): [string, Device] => {
      return [id, { isHeard, hiddenSinceMs: entryOf(known, id)?.hiddenSinceMs ?? null }];
    })),
    sinceMs: turned ? nowMs : before.sinceMs,
    heardSinceMs: back > 0 || before === null ? nowMs : before.heardSinceMs,
    lostAtMs: lostAtMs.slice(-LOST_DEVICES_KEPT),
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
