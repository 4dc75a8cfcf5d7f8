/**
 * Memory of sessions: bytes each while active, bytes each once passivated, and whether passivated ones come back whole.
 * Run: deno task bench:memory [ACTIVE] [IDLE]
 */
import { defineKind } from "../src/actors/actor_kind.ts";
import { DEFAULT_KIND_LIMITS, DEFAULT_RUNTIME_LIMITS } from "../src/actors/limits.ts";
import { Registry } from "../src/actors/registry.ts";
import { systemChance, systemClock } from "../src/boot/system_ports.ts";
import { createLearner } from "../src/domain/learner/aggregate.ts";
import { session } from "../src/domain/session/aggregate.ts";
import { sessionAddress } from "../src/domain/session/messages.ts";
import { createSessionEffects } from "../src/effects/session_effects.ts";
import { predictByElo } from "../src/effects/elo_predictor.ts";
import { createLearnerEffects } from "../src/effects/learner_effects.ts";
import { BusyLearner, demoCourse } from "./engine/session_load.ts";
import { type BenchStore, storeOpeners } from "./engine/stores.ts";

const IS_ANYBODY_TAUGHT = false;

const learner = createLearner([]);

const ACTIVE = Number(Deno.args[0] ?? 5_000);
const IDLE = Number(Deno.args[1] ?? 50_000);
const ANSWERS_EACH = 3;
const STARTING_AT_ONCE = 256;
const RESUMED = 1_000;

/** Resident bytes once garbage is gone; the bench runs with `--v8-flags=--expose-gc`. */
function residentBytes(): number {
  const { gc } = globalThis as { gc?: () => void };
  for (let i = 0; i < 4; i += 1) gc?.();
  return Deno.memoryUsage().rss;
}

const course = await demoCourse();

async function openRegistry({ store }: BenchStore, idleMs: number): Promise<Registry> {
  const sources = {
    courseById: () => Promise.resolve({ course, version: 1 }),
    statisticsOf: () => Promise.resolve(null),
    readLearner: () => Promise.resolve(null),
    predict: predictByElo,
    nowMs: () => 0,
  };
  const quests = {
    templates: [],
    isTaught: () => Promise.resolve(IS_ANYBODY_TAUGHT),
    readBoard: () => Promise.resolve(null),
    newestCourses: () => Promise.resolve([]),
  };
  const limits = { ...DEFAULT_KIND_LIMITS, idleMs };
  const registry = new Registry({
    node: "bench",
    kinds: [
      defineKind(
        session,
        createSessionEffects({ ...sources, askedOf: () => Promise.resolve([]) }, null, () => Promise.resolve("taken")),
        limits,
      ),
      defineKind(learner, createLearnerEffects(null, { ...sources, ...quests }), limits),
    ],
    store: store.store,
    clock: systemClock,
    chance: systemChance,
    meter: { count: () => undefined, observe: () => undefined },
    limits: { ...DEFAULT_RUNTIME_LIMITS, idleSweepMs: 250 },
  });
  await registry.start();
  return registry;
}

/** Starts sessions `from` to `to`, each with a few answers, a bounded number at a time; they stay watched. */
async function startSessions(registry: Registry, from: number, to: number): Promise<BusyLearner[]> {
  const learners: BusyLearner[] = [];
  let next = from;
  async function lane(): Promise<void> {
    while (next < to) {
      const index = next++;
      const busy = new BusyLearner(registry, `s${index}`, `l${index}`);
      await busy.start(course.id);
      for (let i = 0; i < ANSWERS_EACH; i += 1) await busy.answer();
      learners.push(busy);
    }
  }
  await Promise.all(Array.from({ length: STARTING_AT_ONCE }, lane));
  return learners;
}

async function emptied(registry: Registry): Promise<void> {
  while (Object.values(registry.stats().actors).some((count) => count > 0)) {
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function measureActive(bench: BenchStore): Promise<void> {
  const registry = await openRegistry(bench, 3_600_000);
  await startSessions(registry, 0, 100);
  const before = residentBytes();
  await startSessions(registry, 100, 100 + ACTIVE);
  const grown = residentBytes() - before;
  console.log(
    `active:  ${ACTIVE} sessions, each watched, with its learner's actor: ` +
      `${(grown / ACTIVE / 1024).toFixed(1)} KiB a session, process at ${
        (Deno.memoryUsage().rss / 2 ** 20).toFixed(0)
      } MiB`,
  );
  await registry.drain(60_000);
}

async function measureIdle(bench: BenchStore): Promise<void> {
  const registry = await openRegistry(bench, 500);
  const before = residentBytes();
  const begunMs = performance.now();
  for (let done = 0; done < IDLE; done += 2_000) {
    const first = 1_000_000 + done;
    const learners = await startSessions(registry, first, first + Math.min(2_000, IDLE - done));
    for (const busy of learners) busy.leave();
  }
  await emptied(registry);
  const grown = Math.max(0, residentBytes() - before);
  console.log(
    `idle:    ${IDLE} sessions started and passivated in ${((performance.now() - begunMs) / 1000).toFixed(0)} s: ` +
      `${(grown / IDLE).toFixed(0)} bytes a session`,
  );
  const waits: number[] = [];
  for (let i = 0; i < RESUMED; i += 1) {
    const index = 1_000_000 + Math.floor(i * IDLE / RESUMED);
    const wokenMs = performance.now();
    const principal = { userId: `l${index}`, role: "student" } as const;
    const outcome = await registry.read(sessionAddress(`s${index}`), principal);
    waits.push(performance.now() - wokenMs);
    const whole = outcome.kind === "read" && JSON.stringify(outcome.state).includes(`"answered":${ANSWERS_EACH}`);
    if (!whole) throw new RangeError(`session s${index} did not come back whole: ${JSON.stringify(outcome)}`);
  }
  waits.sort((a, b) => a - b);
  console.log(
    `resumed: ${RESUMED} of them, all whole; ${waits[RESUMED / 2]?.toFixed(1)} ms each at the median, ` +
      `${waits[Math.floor(RESUMED * 0.99)]?.toFixed(1)} ms at p99`,
  );
  await registry.drain(60_000);
}

const [open] = storeOpeners();
if (!open) throw new RangeError("no store to measure on");
const bench = await open();
try {
  await measureActive(bench);
  await measureIdle(bench);
} finally {
  await bench.close();
}
Deno.exit(0);
