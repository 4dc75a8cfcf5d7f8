/** B3: what a node says of its queues and caches never exceeds their limits. */
import type { KindLimits, RuntimeLimits } from "../../src/actors/limits.ts";
import type { RegistryStats } from "../../src/actors/registry_stats.ts";
import type { Violate } from "./violation.ts";

export function judgeBounds(
  stats: RegistryStats,
  limits: RuntimeLimits,
  kindLimits: KindLimits,
  violate: Violate,
): void {
  const actors = Object.values(stats.actors).reduce((sum, count) => sum + count, 0);
  const bounds: readonly (readonly [string, number, number])[] = [
    ["actors in memory", actors, limits.activationsMax],
    // The runtime's own news of effects and timers is let into a full mailbox; a pipeline of it at most.
    ["commands in one mailbox", stats.mailboxDepthMax, 2 * kindLimits.mailboxMax + kindLimits.pipelineTurnsMax],
    ["turns waiting to be stored", stats.commitsWaiting, limits.commitQueueTurnsMax],
    ["recoveries waiting", stats.recoveriesWaiting, limits.recoveriesWaitingMax],
    ["timers in memory", stats.timersInMemory, limits.timersInMemoryMax],
    ["messages in memory", stats.messagesInMemory, limits.messagesInMemoryMax],
  ];
  for (const [what, count, max] of bounds) if (count > max) violate("B3", `${count} ${what}, at most ${max}`);
}
