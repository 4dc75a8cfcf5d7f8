/** Has a worker's thread give way to every other thread of the server. */
import { setPriority } from "node:os";

/** Its share of a core that others want too: about a tenth of theirs. Of an idle core it has everything. */
const NICENESS = 10;
const THIS_THREAD = 0;

/**
 * Lowers this thread's priority for good. On Linux alone: elsewhere the call would reach the whole process. Returns
 * what keeps it from being done, if anything: work goes on either way.
 */
export function standBack(): readonly string[] {
  if (Deno.build.os !== "linux") return [];
  try {
    setPriority(THIS_THREAD, NICENESS);
    return [];
  } catch (error) {
    return [`priority unchanged: ${error instanceof Error ? error.message : String(error)}`];
  }
}
