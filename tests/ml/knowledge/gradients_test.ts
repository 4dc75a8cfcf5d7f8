import { tensor2d } from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { startBackend } from "../../../src/ml/backend.ts";
import type { NetworkTensors } from "../../../src/ml/knowledge/network.ts";
import {
  PARAMETER_NAMES,
  type ParameterName,
  parameterShapes,
  perParameter,
} from "../../../src/ml/knowledge/network_size.ts";
import { dealChunks } from "../../../src/ml/training/answer_lanes.ts";
import { weightTensors } from "../../../src/ml/training/checkpoint.ts";
import { chunkTensors, disposeChunk } from "../../../src/ml/training/chunk_forward.ts";
import { registerGradients } from "../../../src/ml/training/gradients.ts";
import { lossGradients } from "../../../src/ml/training/train_step.ts";
import { madeUpLearners, noisyWeights, SMALL } from "./small_networks.ts";

await startBackend("wasm");
registerGradients();

const SHAPE = { steps: 7, lanes: 3, features: SMALL.features };
/** A step wide enough for 32-bit losses, narrow enough for the cubic error. */
const STEP = 1e-2;

Deno.test("[N8] every parameter's gradient is the slope of the loss, across learners that follow each other", async () => {
  const [chunk] = dealChunks(madeUpLearners([4, 9, 2, 5, 3], SMALL.features, 11), SHAPE);
  assert.ok(chunk);
  const tensors = chunkTensors(chunk, SHAPE);
  const values = noisyWeights(SMALL, 3);
  const first = tensor2d(new Float32Array(3 * SMALL.hidden).fill(0.3), [3, SMALL.hidden]);
  const lesson = { chunk: tensors, first };
  const evaluate = async (weights: NetworkTensors) => {
    const result = await lossGradients(weights, lesson);
    result.last.dispose();
    return result;
  };
  const lossWith = async (name: ParameterName, index: number, change: number) => {
    const moved = perParameter((other) =>
      other === name ? values[other].map((value, at) => at === index ? value + change : value) : values[other]
    );
    return (await evaluate(weightTensors(SMALL, moved))).loss;
  };
  const { gradients } = await evaluate(weightTensors(SMALL, values));
  for (const name of PARAMETER_NAMES) {
    const gradient = gradients[name].dataSync<"float32">();
    assert.deepEqual(gradients[name].shape, [...parameterShapes(SMALL)[name]]);
    for (const index of new Set([0, gradient.length >> 1, gradient.length - 1])) {
      const slope = (await lossWith(name, index, STEP) - await lossWith(name, index, -STEP)) / (2 * STEP);
      const difference = Math.abs(slope - (gradient[index] ?? NaN));
      assert.ok(difference < 2e-4, `${name}[${index}]: ${gradient[index]}, slope ${slope}`);
    }
  }
  disposeChunk(tensors);
});

Deno.test("[N8] a chunk without learners is not dealt", () => {
  assert.deepEqual([...dealChunks(madeUpLearners([0, 0], SMALL.features, 1), SHAPE)], []);
});
