/** All the parts of one simulated world, and its passing of time. */
import type { Client } from "./client.ts";
import type { Fleet } from "./fleet.ts";
import type { History } from "./history.ts";
import type { MemoryTables } from "./memory_store.ts";
import type { Scenario } from "./scenario.ts";
import type { SeededChance } from "./seeded_chance.ts";
import type { Spectator } from "./spectator.ts";
import type { Traps } from "./traps.ts";
import type { VirtualTime } from "./virtual_time.ts";
import type { Weather } from "./weather.ts";

/** Most events one world may take; more is a livelock. */
const EVENTS_MAX = 600_000;

export interface World {
  readonly time: VirtualTime;
  readonly tables: MemoryTables;
  readonly history: History;
  readonly weather: Weather;
  readonly traps: Traps;
  readonly fleet: Fleet;
  readonly chance: SeededChance;
  readonly scenario: Scenario;
  readonly clients: readonly Client[];
  readonly spectators: readonly Spectator[];
}

/** Steps until `done` or a violation; false when the world ran out of time first. */
export async function runUntil({ time, history }: World, limitMs: number, done: () => boolean): Promise<boolean> {
  const untilMs = time.nowMs() + limitMs;
  while (history.violation === null && !done()) {
    if (time.nowMs() > untilMs || time.scheduled() > EVENTS_MAX || !(await time.step())) return false;
  }
  return true;
}
