/** Empties a node: every actor finishes what it has, saves its state and leaves. */
import type { ActorId } from "../domain/address.ts";
import type { Resident } from "./activation_host.ts";
import type { Clock } from "./ports.ts";

export interface DrainReport {
  /** Actors that finished and left. */
  readonly finished: number;
  /** Actors that had to be stopped at the deadline; their journals have all they acknowledged. */
  readonly stopped: number;
  readonly tookMs: number;
  readonly leaseEnded: boolean;
}

/**
 * Drains `residents` for at most `deadlineMs` milliseconds. `emptied` resolves once none is left, `saved` once no
 * snapshot waits any more.
 */
export async function drainResidents(
  residents: ReadonlyMap<ActorId, Resident>,
  ends: { readonly emptied: Promise<void>; readonly saved: () => Promise<void> },
  deadlineMs: number,
  clock: Clock,
): Promise<Omit<DrainReport, "leaseEnded">> {
  const startedMs = clock.nowMs();
  const all = [...residents.values()];
  for (const resident of all) resident.drain();
  let cancel = () => {};
  const late = new Promise<void>((resolve) => cancel = clock.after(deadlineMs, resolve));
  if (residents.size > 0) await Promise.race([ends.emptied, late]);
  await Promise.race([ends.saved(), late]);
  cancel();
  const left = [...residents.values()];
  for (const resident of left) resident.stop("draining");
  return { finished: all.length - left.length, stopped: left.length, tookMs: clock.nowMs() - startedMs };
}
