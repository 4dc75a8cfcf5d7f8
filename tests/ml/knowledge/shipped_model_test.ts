import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { startBackend } from "../../../src/ml/backend.ts";
import { type KnowledgeModel, loadKnowledgeModel } from "../../../src/ml/knowledge/knowledge_model.ts";

await startBackend("wasm");

const FOLDER = fileURLToPath(new URL("../../../models/knowledge", import.meta.url));

/** The logit of an average item for a learner who answered it five times, always right or always wrong. */
async function logitAfter(model: KnowledgeModel, right: 0 | 1): Promise<number> {
  const features = new Float32Array(model.size.features);
  let hidden: Float32Array = new Float32Array(model.size.hidden);
  for (let answer = 0; answer < 5; answer += 1) {
    hidden = await model.step({ features, correct: Uint8Array.of(right), hidden });
  }
  const [logits] = await model.score([{ hidden, features, eloLogits: Float32Array.of(0) }]);
  return logits?.[0] ?? NaN;
}

Deno.test("[N6] [N9] the shipped weights are whole, prove themselves, and remember how a learner did", async () => {
  const model = await loadKnowledgeModel(FOLDER);
  const [afterRight, afterWrong] = [await logitAfter(model, 1), await logitAfter(model, 0)];
  assert.ok(afterRight > afterWrong, `${afterRight} after right answers, ${afterWrong} after wrong ones`);
  model.close();
});
