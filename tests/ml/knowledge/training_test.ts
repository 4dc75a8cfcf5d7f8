import assert from "node:assert/strict";
import { startBackend } from "../../../src/ml/backend.ts";
import {
  readCheckpoint,
  type TrainingRun,
  weightTensors,
  writeCheckpoint,
} from "../../../src/ml/training/checkpoint.ts";
import { answersOf, drawEpoch, type Source } from "../../../src/ml/training/draw_answers.ts";
import { registerGradients } from "../../../src/ml/training/gradients.ts";
import { areaUnderCurve } from "../../../src/ml/training/metrics.ts";
import { beginRun, CHECKPOINT_CHUNKS, isFinished, trainNetwork } from "../../../src/ml/training/train_network.ts";
import type { TrainingPlan } from "../../../src/ml/training/training_plan.ts";
import { fitTemperature, replayScored } from "../../../src/ml/training/validate.ts";
import { madeUpLearners, SMALL } from "./small_networks.ts";

await startBackend("wasm");
registerGradients();

const LENGTHS = Array.from({ length: 40 }, (_, learner) => 5 + 7 * learner % 60);
const sources: readonly Source[] = [{
  name: "made up",
  training: madeUpLearners(LENGTHS, SMALL.features, 1),
  validation: madeUpLearners(LENGTHS, SMALL.features, 2),
}];
const plan: TrainingPlan = {
  size: SMALL,
  steps: 10,
  lanes: 8,
  epochs: 6,
  answersPerEpoch: 1500,
  learningRateMax: 0.02,
  weightDecay: 0.01,
  averageDecay: 0.9,
  patienceEpochs: 6,
  seed: 3,
  sources: ["made up"],
};

const unwatched = {
  onProgress: () => undefined,
  onCheckpoint: () => Promise.resolve(),
  onEpoch: () => Promise.resolve(),
};

Deno.test("[N8] training learns what the Elo logit does not know: a feature, and the last answer", async () => {
  const run = await trainNetwork(await beginRun(plan), sources, unwatched);
  const [first, best] = [run.history[0], run.history[run.bestEpoch]];
  assert.ok(first && best && best.loss < first.loss);
  const weights = weightTensors(SMALL, run.best);
  const unseen = madeUpLearners(LENGTHS, SMALL.features, 77);
  const trained = areaUnderCurve(await replayScored(weights, SMALL, unseen));
  // The rule that made the answers up would reach about 0.85; the feature alone 0.75.
  assert.ok(trained > 0.8, `AUC ${trained}`);
});

Deno.test("[N8] a run that is interrupted and resumed ends with the weights of one that was not", async () => {
  const path = await Deno.makeTempFile();
  const short = { ...plan, epochs: 3 };
  const whole = await trainNetwork(await beginRun(short), sources, unwatched);
  let written: TrainingRun | null = null;
  const interrupted = trainNetwork(await beginRun(short), sources, {
    ...unwatched,
    onEpoch: async (run) => {
      written = run;
      await writeCheckpoint(path, run);
      if (run.history.length === 2) throw new Deno.errors.Interrupted("stopped by hand");
    },
  });
  await assert.rejects(interrupted, Deno.errors.Interrupted);
  assert.ok(written !== null);
  const stored = await readCheckpoint(path, short);
  assert.ok(stored !== null && stored.history.length === 2 && !isFinished(stored));
  const resumed = await trainNetwork(stored, sources, unwatched);
  assert.deepEqual(resumed.best, whole.best);
  assert.deepEqual(resumed.history, whole.history);
  await assert.rejects(readCheckpoint(path, { ...short, seed: 4 }), { name: "CheckpointError" });
  await Deno.remove(path);
});

Deno.test("[N8] a run that is interrupted within an epoch ends with the weights of one that was not", async () => {
  const path = await Deno.makeTempFile();
  const long = { ...plan, epochs: 2, answersPerEpoch: 2 * CHECKPOINT_CHUNKS * plan.steps * plan.lanes };
  const whole = await trainNetwork(await beginRun(long), sources, unwatched);
  const interrupted = trainNetwork(await beginRun(long), sources, {
    ...unwatched,
    onCheckpoint: async (run) => {
      await writeCheckpoint(path, run);
      if (run.history.length === 1) throw new Deno.errors.Interrupted("stopped by hand");
    },
  });
  await assert.rejects(interrupted, Deno.errors.Interrupted);
  const stored = await readCheckpoint(path, long);
  assert.ok(stored !== null);
  assert.deepEqual([stored.history.length, stored.begun?.chunks], [1, CHECKPOINT_CHUNKS]);
  const resumed = await trainNetwork(stored, sources, unwatched);
  assert.deepEqual(resumed.best, whole.best);
  assert.deepEqual(resumed.history, whole.history);
  await Deno.remove(path);
});

Deno.test("[N8] a source whose validation learners all answered alike has no say, and spoils no mean", async () => {
  const alike = sources.map(({ training, validation }) => ({
    name: "alike",
    training,
    validation: validation.map((sequence) => ({ ...sequence, correct: sequence.correct.map(() => 1) })),
  }));
  const short = { ...plan, epochs: 1 };
  const run = await trainNetwork(await beginRun(short), [...sources, ...alike], unwatched);
  assert.deepEqual(Object.keys(run.history[0]?.validation ?? {}), ["made up"]);
  assert.ok(Number.isFinite(run.history[0]?.validationMean));
  assert.equal(run.bestEpoch, 0);
});

Deno.test("[N8] a missing checkpoint is null, a damaged one is a named error", async () => {
  assert.equal(await readCheckpoint("no/such/checkpoint.bin", plan), null);
  const path = await Deno.makeTempFile();
  await Deno.writeTextFile(path, "{}\n");
  await assert.rejects(readCheckpoint(path, plan), { name: "CheckpointError" });
  await Deno.writeTextFile(path, "not a checkpoint");
  await assert.rejects(readCheckpoint(path, plan), { name: "CheckpointError" });
  await Deno.remove(path);
});

Deno.test("[N8] sources give by the root of their size and go round without leaving anyone out", () => {
  const small: Source = { name: "small", training: madeUpLearners(Array(10).fill(10), 1, 1), validation: [] };
  const large: Source = { name: "large", training: madeUpLearners(Array(160).fill(10), 1, 2), validation: [] };
  const epochs = [0, 1, 2, 3].map((epoch) => drawEpoch([small, large], 500, 9, epoch));
  for (const epoch of epochs) {
    assert.equal(answersOf(epoch.filter((sequence) => small.training.includes(sequence))), 100);
    assert.equal(answersOf(epoch.filter((sequence) => large.training.includes(sequence))), 400);
  }
  assert.equal(new Set(epochs.flat()).size, 170);
  assert.deepEqual(drawEpoch([small, large], 500, 9, 2), epochs[2]);
});

Deno.test("[N8] temperature: logits that were doubled are halved again", () => {
  const count = 20_000;
  const logits = Float64Array.from({ length: count }, (_, row) => 4 * row / count - 2);
  const correct = Uint8Array.from(logits, (logit, row) => (row * 0.618034) % 1 < 1 / (1 + Math.exp(-logit)) ? 1 : 0);
  const temperature = fitTemperature([{ logits: logits.map((logit) => logit * 2), correct }]);
  assert.ok(Math.abs(temperature - 2) < 0.1, `temperature ${temperature}`);
});
