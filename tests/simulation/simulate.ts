/** Plays one seed: a world of nodes, clients and trouble, until all is settled and judged. */
import type { ActorId } from "../../src/domain/address.ts";
import type { Principal } from "../../src/domain/principal.ts";
import { AnswerRules } from "./answer_rules.ts";
import { foldOf } from "./cast.ts";
import { Client, TEACHER } from "./client.ts";
import { errandsOf, FUTURE_COUNTER, OLD_COUNTER, stageOf } from "./errands.ts";
import { Fleet } from "./fleet.ts";
import { History } from "./history.ts";
import type { Foundation } from "./sabotage.ts";
import { type Disturbance, scenarioOf } from "./scenario.ts";
import { SeededChance } from "./seeded_chance.ts";
import { auditBooks, auditMemory, outstanding } from "./settlement.ts";
import { Spectator } from "./spectator.ts";
import { Traps } from "./traps.ts";
import type { Violation } from "./violation.ts";
import { VirtualTime } from "./virtual_time.ts";
import { Weather } from "./weather.ts";
import { runUntil, type World } from "./world.ts";

/** Virtual time a world gets to come to rest once nothing goes wrong any more. */
const SETTLE_MS_MAX = 120_000;

/** How often somebody asks for actors that wait, virtual milliseconds. */
const WAKE_MS = 3000;
const INSPECT_MS = 90;

export interface Outcome {
  readonly seed: number;
  readonly violation: Violation | null;
  readonly coverage: ReadonlyMap<string, number>;
  readonly virtualMs: number;
  readonly events: number;
  readonly turns: number;
  /** Fingerprint of all that was committed: the same seed gives the same one. */
  readonly fingerprint: number;
}

function createWorld(seed: number, foundation: Foundation, log: ((line: string) => void) | null): World {
  const time = new VirtualTime();
  const chance = new SeededChance(seed);
  const scenario = scenarioOf(chance.fork());
  const tables = foundation.tables(() => time.nowMs());
  const history = new History(time, foldOf, log);
  const weather = new Weather(scenario.climate, chance.fork());
  const { kindLimits, limits, skewMsMax, naming, thinkMsMax } = scenario;
  const { connect } = foundation;
  const parts = { time, tables, weather, history, connect, kindLimits, limits, skewMsMax, naming };
  const traps = new Traps();
  const fleet = new Fleet({ ...parts, traps, chance: chance.fork() });
  const answers = new AnswerRules(history);
  const stage = stageOf(scenario.actors);
  const clients = Array.from({ length: scenario.clients }, (_, i) => {
    const errands = errandsOf(i, scenario.errandsEach, stage, chance.fork());
    return new Client({ time, fleet, answers, chance: chance.fork(), errands, thinkMsMax });
  });
  const watched: readonly [ActorId, ...ActorId[]] = [stage.counters[0], stage.accounts[0], stage.fuses[0], OLD_COUNTER];
  const people: readonly [Principal, ...Principal[]] = [
    TEACHER,
    { userId: "owner", role: "student" },
    { userId: "stranger", role: "student" },
  ];
  const spectators = Array.from({ length: scenario.spectators }, () => {
    const [actor, principal] = [chance.pick(watched), chance.pick(people)];
    const breakShare = scenario.watcherBreakShare;
    return new Spectator({ time, fleet, history, chance: chance.fork(), actor, principal, breakShare });
  });
  return { time, tables, history, weather, traps, fleet, chance: chance.fork(), scenario, clients, spectators };
}

/** What was there before: a counter of the first schema version, and one from the future. */
function layThePast({ time, tables, history }: World): void {
  const node = "past";
  const actor = OLD_COUNTER;
  const base = {
    atMs: time.nowMs() - 1000,
    reply: null,
    messages: [],
    timersSet: [],
    timersCleared: [],
    listing: null,
  };
  history.claimed(actor, node, tables.claim(actor, node));
  for (const by of [3, 4]) {
    const { fold } = history.of(actor);
    const event = { type: "added", version: 1, body: { type: "added", by, before: fold.digestAt(fold.seq()) } };
    const place = { actor, epoch: 1, firstSeq: fold.seq() + 1 };
    // The totals are 3 and 7, both odd.
    const listing = { ownerId: "owner", status: "odd", body: { total: by === 3 ? 3 : 7 } };
    const record = { ...base, ...place, events: [event], commandId: `past-${by}`, listing };
    history.appended(node, [record], tables.append([record]));
  }
  const { fold } = history.of(actor);
  const body = { state: { seq: 1, digest: fold.digestAt(1), total: 3 }, memory: { commands: [], senders: [] } };
  tables.save([{ actor, seq: 1, epoch: 1, version: 1, body }]);
  history.claimed(FUTURE_COUNTER, node, tables.claim(FUTURE_COUNTER, node));
  const event = { type: "added", version: 99, body: { type: "added" } };
  const place = { actor: FUTURE_COUNTER, epoch: 1, firstSeq: 1 };
  tables.append([{ ...base, ...place, events: [event], commandId: "future", listing: null }]);
}

function schedule({ time, weather, traps, fleet, history }: World, disturbance: Disturbance): void {
  const { kind, atMs, lastsMs } = disturbance;
  time.in(atMs, () => {
    history.tell(() => JSON.stringify(disturbance));
    switch (kind) {
      case "storm":
        weather.storm();
        time.in(lastsMs, () => weather.clear());
        return;
      case "trap":
        return traps.set({ call: disturbance.call, countdown: disturbance.nth });
      case "crash":
        return fleet.crash(disturbance.seat, lastsMs);
      case "drain":
        return fleet.drain(disturbance.seat, 3000, lastsMs);
      case "pause":
        return fleet.pause(disturbance.seat, lastsMs);
      case "cut_off":
        weather.cutOff(disturbance.seat);
        time.in(lastsMs, () => weather.reconnect(disturbance.seat));
        return;
    }
  });
}

/** An actor that a crash left waiting for an effect starts it again once somebody asks for the actor. */
function wakeWaiting(world: World): void {
  const { history, fleet, chance, time } = world;
  for (const [actor, { fold }] of history.actors()) {
    if (fold.waiting() === 0) continue;
    fleet.visit(chance, async ({ registry }) => {
      history.saw(`woken ${(await registry.read(actor, TEACHER)).kind}`);
    });
  }
  time.in(WAKE_MS, () => wakeWaiting(world));
}

/** Looks at the nodes' own figures, again and again. */
function inspect(world: World): void {
  world.fleet.inspect();
  world.time.in(INSPECT_MS, () => inspect(world));
}

async function settle(world: World): Promise<void> {
  const { scenario, weather, traps, fleet, history, chance } = world;
  weather.calm();
  traps.clear();
  const [last, ...others] = scenario.seats;
  for (const seat of others) {
    if (chance.hit(0.5)) fleet.drain(seat, 2000, 0);
    else fleet.crash(seat, 0);
    fleet.retire(seat);
  }
  wakeWaiting(world);
  if (!await runUntil(world, SETTLE_MS_MAX, () => outstanding(world) === null)) {
    const missing = outstanding(world);
    if (missing !== null) {
      history.violate(missing.rule, `still outstanding when all should be settled: ${missing.what}`);
    }
  }
  if (history.violation === null) auditBooks(world);
  if (history.violation === null) await auditMemory(world, last);
}

/** Plays `seed` on `foundation`; `log` hears the story line by line. */
export async function simulate(
  seed: number,
  foundation: Foundation,
  log: ((line: string) => void) | null,
): Promise<Outcome> {
  const world = createWorld(seed, foundation, log);
  const { time, history, scenario, fleet, clients, spectators } = world;
  const uncaught = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    history.violate("L4", `a rejection nobody caught: ${event.reason?.stack ?? event.reason}`);
  };
  globalThis.addEventListener("unhandledrejection", uncaught);
  try {
    layThePast(world);
    for (const seat of scenario.seats) fleet.start(seat);
    for (const client of clients) client.start();
    for (const spectator of spectators) spectator.start();
    inspect(world);
    for (const disturbance of scenario.disturbances) schedule(world, disturbance);
    const troubleMs = Math.max(0, ...scenario.disturbances.map(({ atMs, lastsMs }) => atMs + lastsMs));
    const calmAtMs = time.nowMs() + troubleMs;
    await runUntil(
      world,
      troubleMs + 5000,
      () => time.nowMs() > calmAtMs && clients.every((client) => client.outstanding() === null),
    );
    if (history.violation === null) await settle(world);
  } finally {
    globalThis.removeEventListener("unhandledrejection", uncaught);
  }
  let [turns, fingerprint] = [0, 0];
  for (const [, actor] of history.actors()) {
    turns += actor.turns.length;
    fingerprint = (Math.imul(fingerprint, 31) + actor.fold.digestAt(actor.fold.seq())) >>> 0;
  }
  const { violation, coverage } = history;
  return { seed, violation, coverage, virtualMs: time.elapsedMs(), events: time.scheduled(), turns, fingerprint };
}
