/** The simulation as it is asked for and as it reports. */
import assert from "node:assert/strict";
import { measurePolicy } from "../../../src/domain/adaptive/simulation/compare_policies.ts";
import { drawLearningCurves } from "../../../tools/learning_curves_svg.ts";
import { readSimulationOptions } from "../../../tools/simulation_options.ts";
import { reportOn, simulationJson, simulationTable } from "../../../tools/simulation_report.ts";
import { chainCourse } from "../adaptive/practice_course.ts";

const CHAIN = chainCourse(["a", "b", "c"], 2, "fresh");
const MANY = { learners: 4, seed: 6 };

Deno.test("[P1] options name one policy and one kind of learner, or all of them", () => {
  const { policies, truths, learners, output } = readSimulationOptions([
    "--policy",
    "elo75",
    "--learners",
    "7",
    "--json",
  ]);
  assert.deepEqual({ policies, truths, learners, output }, {
    policies: ["elo75"],
    truths: ["bkt", "irt", "prerequisite"],
    learners: 7,
    output: "json",
  });
  assert.equal(readSimulationOptions([]).policies.length, 5);
});

Deno.test("[P1] an option that cannot be followed is refused in words", () => {
  const refused = [
    ["--policy", "best"],
    ["--truth", "none"],
    ["--learners", "0"],
    ["--learners", "1"],
    ["--learners", ""],
    ["--seed", "1.5"],
    ["--unknown"],
  ];
  for (const args of refused) assert.throws(() => readSimulationOptions(args), { name: "SimulationUsageError" });
});

Deno.test("[P1] the report is one object with intervals, and says null where there is nothing to compare", () => {
  const own = measurePolicy(CHAIN, "bkt", "ours", MANY);
  const random = measurePolicy(CHAIN, "bkt", "random", MANY);
  const subject = { course: CHAIN.id, ...MANY };
  const both = JSON.parse(simulationJson(subject, [reportOn("bkt", [own, random], 1)])).truths.bkt;
  assert.equal(both.ours_against_best_other.best_other, "random");
  assert.ok(both.policies.ours.items.low <= both.policies.ours.items.mean);
  assert.deepEqual(both.off_policy.map(({ target }: { target: string }) => target), ["greedy", "exploring", "easiest"]);
  const alone = JSON.parse(simulationJson(subject, [reportOn("bkt", [random], 1)])).truths.bkt;
  assert.deepEqual([alone.ours_against_best_other, alone.off_policy], [null, []]);
  assert.match(simulationTable(subject, [reportOn("bkt", [own, random], 1)]), /fewer than random/);
});

Deno.test("[P1] the plot has a finite line for each policy", () => {
  const results = [measurePolicy(CHAIN, "irt", "ours", MANY), measurePolicy(CHAIN, "irt", "fixed", MANY)];
  const svg = drawLearningCurves("Learning", results);
  assert.equal(svg.match(/<polyline/g)?.length, 2);
  assert.doesNotMatch(svg, /NaN|Infinity|undefined/);
});
