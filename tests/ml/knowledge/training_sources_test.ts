import assert from "node:assert/strict";
import { join } from "node:path";
import { FEATURES } from "../../../src/domain/adaptive/encode.ts";
import { prepareThin } from "../../../src/ml/training/thin_statistics.ts";
import { planOf, readTrainingOptions } from "../../../src/ml/training/training_options.ts";
import { chooseDataSets, openSources } from "../../../src/ml/training/training_sources.ts";

/** Feature 3 is `log(1 + answers to the item, by the statistics) / 5`. */
const ITEM_ANSWERS = 3;

function learnersOfOneItem(count: number) {
  const place = { item: 0, skills: [0], skillSet: 0 };
  return Array.from({ length: count }, (_, learner) => ({
    learner: String(learner),
    answers: [{ place, correct: learner % 2 === 0, atS: null, responseMs: null }],
  }));
}

Deno.test("[N1] thin: a learner is met under the statistics of a sixteenth of the others", () => {
  const sequences = prepareThin(learnersOfOneItem(160));
  assert.equal(sequences.length, 160);
  // Groups of ten in five folds: eight others were counted.
  for (const { features } of sequences) {
    assert.ok(Math.abs((features[ITEM_ANSWERS] ?? NaN) - Math.log1p(8) / 5) < 1e-6);
  }
});

Deno.test("[N8] a folder gives a source for each data set and mode, thin ones without validation", async () => {
  const folder = await Deno.makeTempDir();
  const rows = Array.from({ length: 50 }, (_, learner) => `${learner},0,0,${learner % 2}`);
  const file = new Blob([["user,item,skills,correct", ...rows].join("\n")]).stream();
  await Deno.writeFile(join(folder, "small.csv.gz"), file.pipeThrough(new CompressionStream("gzip")));
  await Deno.writeTextFile(join(folder, "small.info.json"), "{}");
  const names = await chooseDataSets(folder, [], []);
  assert.deepEqual(names, ["small"]);
  const sources = await openSources(folder, names, ["warm", "thin"], 1, null);
  assert.deepEqual(sources.map(({ name }) => name), ["small warm", "small thin"]);
  const [warm, thin] = sources;
  assert.equal(warm?.training.length, 36);
  assert.equal(warm?.training[0]?.features.length, FEATURES);
  assert.equal(warm?.validation.length, 4);
  assert.equal(thin?.training.length, 36);
  assert.equal(thin?.validation.length, 0);
  await assert.rejects(chooseDataSets(folder, ["other"], []), {
    name: "TrainingOptionsError",
    message: /has no other/,
  });
  await assert.rejects(chooseDataSets(join(folder, "none"), [], []), {
    name: "TrainingOptionsError",
    message: /cannot read --data/,
  });
  await assert.rejects(chooseDataSets(folder, [], ["small"]), {
    name: "TrainingOptionsError",
    message: /nothing is left/,
  });
  await Deno.remove(folder, { recursive: true });
});

Deno.test("[N8] options become a plan; what is wrong is named, with the usage", () => {
  const options = readTrainingOptions([
    "--data",
    "d",
    "--out",
    "o",
    "--leave-out",
    "a,b",
    "--hidden",
    "96",
    "--resume",
  ]);
  assert.deepEqual(options["leave-out"], ["a", "b"]);
  assert.ok(options.resume);
  assert.equal(planOf(options, ["x warm"]).size.hidden, 96);
  const error = (message: RegExp) => ({ name: "TrainingOptionsError", message });
  assert.throws(() => readTrainingOptions(["--data", "d"]), error(/out[\s\S]*deno task train:knowledge/));
  assert.throws(() => readTrainingOptions(["--data", "d", "--out", "o", "--epochs", "none"]), error(/epochs/));
  for (const [flag, value] of [["hidden", "1e9"], ["head", "1e9"], ["lanes", "1e9"], ["steps", "1e9"], ["rate", "2"]]) {
    const args = ["--data", "d", "--out", "o", `--${flag}`, value ?? ""];
    assert.throws(() => readTrainingOptions(args), error(new RegExp(`${flag}`)));
  }
  assert.throws(() => readTrainingOptions(["--data", "d", "--out", "o", "--speed", "9"]), error(/speed/));
  assert.throws(() => readTrainingOptions(["--data", "d", "--out", "o", "--seed="]), error(/a number is missing/));
  assert.throws(() => readTrainingOptions(["--data", "d", "--out", "o", "--modes", "thin"]), error(/warm or cold/));
  assert.deepEqual(
    readTrainingOptions(["--data", "d", "--out", "o", "--shared-learners", "a,b;c,d"])["shared-learners"],
    [["a", "b"], ["c", "d"]],
  );
});
