/** Off-policy estimates from receipts, against simulated learners whose true probabilities are known. */
import assert from "node:assert/strict";
import { bootstrap } from "../../../src/domain/adaptive/simulation/bootstrap.ts";
import {
  easiestTarget,
  estimateFromReceipts,
  exploringTarget,
  greedyTarget,
  type LoggedChoice,
  trueValue,
} from "../../../src/domain/adaptive/simulation/off_policy.ts";
import { GROUND_TRUTH_NAMES, GROUND_TRUTHS } from "../../../src/domain/adaptive/simulation/ground_truths.ts";
import { playRun } from "../../../src/domain/adaptive/simulation/play_run.ts";
import { POLICIES } from "../../../src/domain/adaptive/simulation/policies.ts";
import { randomFrom } from "../../../src/domain/random.ts";
import { chainCourse } from "../adaptive/practice_course.ts";

const CHAIN = chainCourse(["a", "b", "c", "d"], 1, "fresh");
const TARGETS = { greedy: greedyTarget, exploring: exploringTarget };
type Logs = readonly (readonly LoggedChoice[])[];

function playLogs(truth: typeof GROUND_TRUTH_NAMES[number], learners: number, seed: number): Logs {
  return Array.from(
    { length: learners },
    (_, i) => playRun(CHAIN, GROUND_TRUTHS[truth], POLICIES.ours, seed * 1_000 + i),
  )
    .map(({ log }) => log).filter(({ length }) => length > 0);
}

/** The same receipts with predictions that are far off. */
function withBadPredictions(logs: Logs): Logs {
  return logs.map((log) =>
    log.map((choice) => ({
      ...choice,
      considered: choice.considered.map((one) => ({ ...one, probability: 0.05 + 0.1 * one.probability })),
    }))
  );
}

function isWithin(value: number, { low, high }: { readonly low: number; readonly high: number }): boolean {
  return value >= low && value <= high;
}

Deno.test("[P2] the doubly robust interval holds the truth about as often as it says, over kinds, targets and logs", () => {
  let held = 0;
  let asked = 0;
  for (const truth of GROUND_TRUTH_NAMES) {
    for (let seed = 1; seed <= 5; seed++) {
      const logs = playLogs(truth, 20, seed);
      for (const target of Object.values(TARGETS)) {
        const { doublyRobust } = estimateFromReceipts(logs, target, seed);
        held += isWithin(trueValue(logs, target), doublyRobust) ? 1 : 0;
        asked += 1;
      }
    }
  }
  assert.ok(held / asked > 0.85, `${held} of ${asked}, seeds 1 to 5`);
});

Deno.test("[P2] predictions that are far off mislead the direct estimate, not the doubly robust one", () => {
  const logs = withBadPredictions(playLogs("prerequisite", 100, 3));
  for (const [name, target] of Object.entries(TARGETS)) {
    const truth = trueValue(logs, target);
    const { direct, doublyRobust } = estimateFromReceipts(logs, target, 3);
    assert.ok(Math.abs(direct - truth) > 0.3, `${name}: direct ${direct}, true ${truth}`);
    assert.ok(Math.abs(doublyRobust.value - truth) < 0.08, `${name}: ${doublyRobust.value}, true ${truth}`);
  }
});

Deno.test("[P2] with bad predictions a propensity recorded wrongly would be noticed", () => {
  const logs = withBadPredictions(playLogs("irt", 50, 4))
    .map((log) => log.map((choice) => ({ ...choice, propensity: Math.min(1, choice.propensity * 2) })));
  const { doublyRobust } = estimateFromReceipts(logs, greedyTarget, 4);
  assert.ok(!isWithin(trueValue(logs, greedyTarget), doublyRobust));
});

Deno.test("[P2] an estimate for what was hardly ever tried says how few choices carry it", () => {
  const logs = playLogs("bkt", 30, 5);
  const carried = (target: typeof greedyTarget) => estimateFromReceipts(logs, target, 5).effectiveChoices;
  const choices = logs.flat().length;
  assert.ok(carried(easiestTarget) < 0.25 * choices, `${carried(easiestTarget)} of ${choices}`);
  assert.ok(carried(exploringTarget) > carried(easiestTarget) && carried(exploringTarget) <= choices);
});

Deno.test("[P2] an estimate that few choices carry stays a share and is marked as not to be trusted", () => {
  const chosen = { itemId: "rare", probability: 0.1, score: 0 };
  const considered = [{ itemId: "best", probability: 0.9, score: 1 }, chosen];
  const log = [{ considered, chosen: "rare", propensity: 0.01, reward: 1 }];
  const rarest = () => [0, 1];
  const { doublyRobust, trusted, effectiveChoices } = estimateFromReceipts([log], rarest, 1);
  assert.deepEqual(doublyRobust, { value: 1, low: 1, high: 1 });
  assert.deepEqual([trusted, effectiveChoices], [false, 1]);
  const many = Array.from({ length: 600 }, () => log);
  assert.ok(estimateFromReceipts(many, rarest, 1).trusted);
});

Deno.test("[P2] a bootstrap interval of a mean is as wide as the normal one, and holds the mean of its own sample", () => {
  const random = randomFrom(12);
  const values = Array.from({ length: 400 }, () => random());
  const mean = (sample: readonly number[]) => sample.reduce((sum, i) => sum + (values[i] ?? 0), 0) / sample.length;
  const { value, low, high } = bootstrap(values.length, mean, 9);
  assert.ok(low < value && value < high);
  const normalWidth = 2 * 1.96 * Math.sqrt(1 / 12 / values.length);
  assert.ok(Math.abs((high - low) / normalWidth - 1) < 0.1, `${high - low} against ${normalWidth}`);
});
