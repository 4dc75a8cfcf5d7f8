/** Fenced, durable events a second through the whole runtime: mailbox, turn, group commit, acknowledgement. */
import { defineKind } from "../../src/actors/actor_kind.ts";
import { DEFAULT_RUNTIME_LIMITS } from "../../src/actors/limits.ts";
import { Registry } from "../../src/actors/registry.ts";
import { systemChance, systemClock } from "../../src/boot/system_ports.ts";
import { assertNever } from "../../src/domain/assert_never.ts";
import { counter, counterAddress } from "./counter.ts";
import { closedLoop, openLoop, type Rate } from "./load.ts";
import type { BenchStore } from "./stores.ts";

const ACTORS = 500;
const WINDOW = 2_000;
const WARM_UP_SECONDS = 3;
const SECONDS = 8;
/** Half of the 15,000 events a second that Postgres is to carry. */
const STEADY_PER_SECOND = 7_500;

export class RefusedError extends Error {
  override readonly name = "RefusedError";
}

const quiet = { count: () => undefined, observe: () => undefined };
const origin = { kind: "client", principal: { userId: "bench", role: "student" } } as const;

export interface EventRates {
  readonly full: Rate;
  /** At a steady rate: 7,500 a second, or half of `full` where that is less. */
  readonly steady: Rate;
}

/** The most events a second, then the waiting times under a steady load. */
export async function measureEvents({ store }: BenchStore): Promise<EventRates> {
  const registry = new Registry({
    node: "bench",
    kinds: [defineKind(counter, (effect) => assertNever(effect))],
    store: store.store,
    clock: systemClock,
    chance: systemChance,
    meter: quiet,
    limits: DEFAULT_RUNTIME_LIMITS,
  });
  await registry.start();
  let sent = 0;
  async function count(index: number): Promise<void> {
    const to = counterAddress(index % ACTORS);
    const reply = await registry.tell(to, { type: "counted", by: 1 }, { commandId: `b${sent++}`, origin });
    if (reply.kind !== "done") throw new RefusedError(JSON.stringify(reply));
  }
  await closedLoop(WINDOW, WARM_UP_SECONDS, count);
  const full = await closedLoop(WINDOW, SECONDS, count);
  const steady = await openLoop(Math.min(STEADY_PER_SECOND, full.perSecond / 2), SECONDS, count);
  await registry.drain(10_000);
  return { full, steady };
}
