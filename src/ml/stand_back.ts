/** Has a worker's thread give way to every other thread of the server. */
import { getPriority, setPriority } from "node:os";

/** Leaves it about a tenth of what each other thread gets of a core that both want, and all of an idle one. */
const NICER_BY = 10;
const NICENESS_MAX = 19;
const THIS_THREAD = 0;

/**
 * Lowers this thread's priority for good. On Linux alone: elsewhere the call would reach the whole process. Returns
 * what keeps it from being done, if anything: work goes on either way.
 */
export function standBack(): readonly string[] {
  if (Deno.build.os !== "linux") return [];
  try {
    setPriority(THIS_THREAD, Math.min(NICENESS_MAX, getPriority(THIS_THREAD) + NICER_BY));
    return [];
  } catch (error) {
    return [`priority unchanged: ${error instanceof Error ? error.message : String(error)}`];
  }
}
