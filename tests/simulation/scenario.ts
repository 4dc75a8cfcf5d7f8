/** What a seed stands for: how large the world is, how tight its limits are, and what goes wrong when. */
import {
  DEFAULT_KIND_LIMITS,
  DEFAULT_RUNTIME_LIMITS,
  type KindLimits,
  type RuntimeLimits,
} from "../../src/actors/limits.ts";
import type { SeededChance } from "./seeded_chance.ts";
import type { Trap } from "./traps.ts";
import type { Climate } from "./weather.ts";

export type Disturbance =
  | {
    readonly kind: "trap";
    readonly atMs: number;
    readonly lastsMs: number;
    readonly call: Trap["call"];
    readonly nth: number;
  }
  | { readonly kind: "storm"; readonly atMs: number; readonly lastsMs: number }
  | {
    readonly kind: "crash" | "drain" | "pause" | "cut_off";
    readonly atMs: number;
    readonly lastsMs: number;
    readonly seat: string;
  };

/** How often in a run a node is crashed at a chosen call of the store. */
const TRAPS_MAX = 3;

export interface Scenario {
  readonly seats: readonly [string, ...string[]];
  readonly naming: "kept" | "fresh";
  readonly skewMsMax: number;
  readonly actors: number;
  readonly clients: number;
  readonly errandsEach: number;
  readonly thinkMsMax: number;
  readonly spectators: number;
  readonly watcherBreakShare: number;
  readonly climate: Climate;
  readonly kindLimits: KindLimits;
  readonly limits: RuntimeLimits;
  readonly disturbances: readonly Disturbance[];
}

function kindLimitsOf(chance: SeededChance): KindLimits {
  return {
    ...DEFAULT_KIND_LIMITS,
    idleMs: chance.pick([200, 2000, 60_000]),
    snapshotEveryEvents: chance.pick([1, 4, 20, 200]),
    // Clients of this world repeat commands however old they are.
    recentCommandsMax: 4096,
    mailboxMax: chance.pick([3, 8, 256]),
    pipelineTurnsMax: chance.pick([1, 4, 32]),
    replayRingMax: chance.pick([1, 8, 128]),
    effectTimeoutMs: chance.pick([250, 1500]),
    effectsInFlightMax: chance.pick([1, 8]),
  };
}

function limitsOf(chance: SeededChance): RuntimeLimits {
  return {
    ...DEFAULT_RUNTIME_LIMITS,
    activationsMax: chance.pick([12, 100_000, 100_000]),
    memoryBytesMax: chance.pick([20_000, 1_073_741_824, 1_073_741_824]),
    idleSweepMs: chance.pick([150, 1000]),
    recoveriesMax: chance.pick([1, 4, 32]),
    storeCallMsMax: chance.pick([500, 3000]),
    journalPageEvents: chance.pick([2, 10, 500]),
    resumeEventsMax: chance.pick([3, 2000]),
    commitBatchTurnsMax: chance.pick([1, 5, 1000]),
    commitQueueTurnsMax: chance.pick([4, 20_000]),
    snapshotBatchMax: chance.pick([1, 64]),
    leaseMs: chance.pick([600, 1500, 5000]),
    timerWindowMs: chance.pick([500, 15_000]),
    timersInMemoryMax: chance.pick([4, 50_000]),
    messagesInMemoryMax: chance.pick([4, 50_000]),
    backoffMsMin: chance.pick([5, 50]),
    backoffMsMax: chance.pick([200, 2000]),
    deadLetterTriesMax: 50,
  };
}

function trapsOf(chance: SeededChance, activeMs: number): Disturbance[] {
  return Array.from({ length: Math.max(0, chance.whole(-2, TRAPS_MAX)) }, () => ({
    kind: "trap",
    atMs: chance.between(0, activeMs),
    lastsMs: 0,
    call: chance.weigh([["append", 4], ["claim", 2], ["save", 1], ["settle", 1], ["keep", 1], ["endLease", 1]]),
    nth: chance.whole(1, 6),
  }));
}

function disturbancesOf(chance: SeededChance, seats: Scenario["seats"], activeMs: number): Disturbance[] {
  return Array.from({ length: chance.whole(0, 8) }, (): Disturbance => {
    const kind = chance.weigh([["storm", 5], ["crash", 4], ["pause", 2], ["drain", 2], ["cut_off", 1]]);
    const atMs = chance.between(0, activeMs);
    if (kind === "storm") return { kind, atMs, lastsMs: chance.between(300, 4000) };
    const lastsMs = kind === "pause" || kind === "cut_off" ? chance.between(100, 4000) : chance.between(20, 800);
    return { kind, atMs, lastsMs, seat: chance.pick(seats) };
  });
}

/** Most worlds are small and crowded, where orders collide; one in ten has hundreds of actors. */
export function scenarioOf(chance: SeededChance): Scenario {
  const size = chance.weigh([["small", 6], ["medium", 3], ["large", 1]]);
  const actors = { small: chance.whole(3, 9), medium: chance.whole(20, 60), large: chance.whole(150, 300) }[size];
  const clients = { small: chance.whole(3, 6), medium: chance.whole(6, 12), large: chance.whole(15, 30) }[size];
  const seats: Scenario["seats"] = chance.hit(0.35) ? ["east", "west"] : ["east"];
  const thinkMsMax = chance.pick([2, 50, 400]);
  const errandsEach = { small: chance.whole(15, 90), medium: chance.whole(15, 45), large: chance.whole(8, 20) }[size];
  const activeMs = 200 + (thinkMsMax / 2 + 20) * errandsEach;
  const scenario: Scenario = {
    seats,
    naming: chance.pick(["kept", "fresh"]),
    skewMsMax: chance.pick([0, 0, 60]),
    actors,
    clients,
    errandsEach,
    thinkMsMax,
    spectators: chance.whole(1, 6),
    watcherBreakShare: chance.pick([0, 0, 0.03]),
    climate: { faultShare: chance.pick([0.02, 0.1, 0.3]), latencyMs: chance.pick([0.5, 3, 20]) },
    kindLimits: kindLimitsOf(chance),
    limits: limitsOf(chance),
    disturbances: [...disturbancesOf(chance, seats, activeMs), ...trapsOf(chance, activeMs)],
  };
  // Drawn last, so that seeds older than this bound keep the rest of their worlds.
  return { ...scenario, limits: { ...scenario.limits, commitBatchBytesMax: chance.pick([1_500, 4_194_304]) } };
}
