/** A thousand worlds full of trouble, in which every promise of the runtime must hold. */
import assert from "node:assert/strict";
import { FAILING_SEEDS } from "./failing_seeds.ts";
import { playSeeds } from "./play_seeds.ts";
import { HONEST } from "./sabotage.ts";
import { simulate } from "./simulate.ts";

const SEEDS = 1000;

/** What must have happened somewhere in those worlds, or they prove less than they say. */
const MUST_HAPPEN = [
  "append lost",
  "append unknown",
  "append landed after death",
  "claim unknown",
  "crash",
  "dead letter",
  "drained",
  "drained without a fault",
  "effect started",
  "ephemeral told",
  "event told",
  "fenced",
  "held",
  "lease renewed late",
  "pause",
  "read read",
  "refused draining",
  "refused append_failed",
  "refused held_elsewhere",
  "refused mailbox_full",
  "refused poisoned",
  "repeated",
  "snapshot",
  "trapped at append",
  "trapped at claim",
  "watch forbidden",
  "watch reset",
  "watch resumed",
  "watcher lost",
  "watcher threw",
] as const;

Deno.test("[O1] the same seed gives the same world twice, event for event", async () => {
  const [first, second] = [await simulate(7, HONEST, null), await simulate(7, HONEST, null)];
  assert.deepEqual(second, first);
  assert.ok(first.turns > 0);
});

for (const { seed, rule, story } of FAILING_SEEDS) {
  Deno.test(`[${rule}] seed ${seed} stays mended: ${story}`, async () => {
    assert.equal((await simulate(seed, HONEST, null)).violation, null);
  });
}

Deno.test(`[O1-O4 S1-S7 X1-X3 T1-T2 B1-B3 L1-L6 R1-R3] hold in ${SEEDS} worlds`, async () => {
  const { failures, coverage, played } = await playSeeds(1, SEEDS);
  const told = failures.map(({ seed, violation }) => `seed ${seed} ${violation?.rule}: ${violation?.explanation}`);
  assert.deepEqual(told, [], "replay one with: deno task simulate:runtime --seed N --verbose");
  assert.equal(played, SEEDS);
  assert.deepEqual(MUST_HAPPEN.filter((what) => !coverage.has(what)), [], "never happened in any world");
});
