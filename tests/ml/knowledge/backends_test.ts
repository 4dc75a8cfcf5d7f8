import { type Tensor2D, zeros } from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { type BackendName, planBackends, startBackend } from "../../../src/ml/backend.ts";
import { KnowledgeModel } from "../../../src/ml/knowledge/knowledge_model.ts";
import { proofLogits } from "../../../src/ml/knowledge/warm_up_proof.ts";
import { dealChunks } from "../../../src/ml/training/answer_lanes.ts";
import { weightTensors } from "../../../src/ml/training/checkpoint.ts";
import { chunkTensors } from "../../../src/ml/training/chunk_forward.ts";
import { registerGradients } from "../../../src/ml/training/gradients.ts";
import { lossGradients } from "../../../src/ml/training/train_step.ts";
import { madeUpLearners, noisyWeights, SMALL } from "./small_networks.ts";

await startBackend("wasm");
registerGradients();
const weights = noisyWeights(SMALL, 12);
const { order } = await planBackends("webgpu");

/** The logits of the proof, and the slope of a chunk's loss in each of the recurrent unit's hidden weights. */
async function outputsOn(backend: BackendName): Promise<{ logits: readonly number[]; slopes: Float32Array }> {
  await startBackend(backend);
  const model = new KnowledgeModel({ name: "small", version: "1", size: SMALL, temperature: 1 }, weights);
  const logits = await proofLogits(model);
  model.close();
  const shape = { steps: 10, lanes: 2, features: SMALL.features };
  const [chunk] = dealChunks(madeUpLearners([6, 9, 4], SMALL.features, 2), shape);
  assert.ok(chunk);
  const first: Tensor2D = zeros([2, SMALL.hidden]);
  const { gradients } = await lossGradients(weightTensors(SMALL, weights), {
    chunk: chunkTensors(chunk, shape),
    first,
  });
  return { logits, slopes: await gradients.candidateHidden.data<"float32">() };
}

Deno.test({
  name: "[N9] WASM and WebGPU agree within 1e-3, in logits and in gradients",
  ignore: !order.includes("webgpu"),
  async fn() {
    const [wasm, webgpu] = [await outputsOn("wasm"), await outputsOn("webgpu")];
    for (const [index, logit] of wasm.logits.entries()) {
      assert.ok(Math.abs(logit - (webgpu.logits[index] ?? NaN)) < 1e-3, `logit ${index}: ${logit}`);
    }
    for (const [index, slope] of wasm.slopes.entries()) {
      assert.ok(Math.abs(slope - (webgpu.slopes[index] ?? NaN)) < 1e-3, `slope ${index}: ${slope}`);
    }
  },
});
