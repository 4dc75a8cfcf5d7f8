/** The weights in the repository: whole, for this network, and of use to a learner's course. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { CatalogueStatistics } from "../../../src/domain/adaptive/catalogue_statistics.ts";
import { encode } from "../../../src/domain/adaptive/encode.ts";
import { eloLogit, newKnowledge, recordAnswer } from "../../../src/domain/adaptive/learner_knowledge.ts";
import { sigmoid } from "../../../src/domain/adaptive/logistic.ts";
import { startBackend } from "../../../src/ml/backend.ts";
import type { KnowledgeModel } from "../../../src/ml/knowledge/knowledge_model.ts";
import { loadKnowledgeModel } from "../../../src/ml/knowledge/load_knowledge_model.ts";

const FOLDER = fileURLToPath(new URL("../../../models/knowledge", import.meta.url));
const ANSWERS = 5;

await startBackend("wasm");

/** The logit of an item never met after five answers alike to others of its skill, in a course that nobody knows. */
async function logitAfter(model: KnowledgeModel, correct: boolean): Promise<number> {
  const [statistics, knowledge] = [CatalogueStatistics.empty(), newKnowledge()];
  const features = new Float32Array(model.size.features);
  let hidden: Float32Array = new Float32Array(model.size.hidden);
  for (let item = 0; item < ANSWERS; item += 1) {
    const place = { item, skills: [0], skillSet: 0 };
    encode(knowledge, statistics, place, null, features, 0);
    hidden = await model.step({ features, correct: Uint8Array.of(correct ? 1 : 0), hidden });
    const expected = sigmoid(eloLogit(knowledge, statistics, place));
    recordAnswer(knowledge, { place, correct, atS: null, responseMs: null }, expected);
  }
  const unmet = { item: ANSWERS, skills: [0], skillSet: 0 };
  const elo = encode(knowledge, statistics, unmet, null, features, 0);
  const [logits] = await model.score([{ hidden, features, eloLogits: Float32Array.of(elo) }]);
  return logits?.[0] ?? NaN;
}

const RIGHT = true;
const WRONG = false;

Deno.test("[N6] [N9] the shipped weights are whole, prove themselves, and remember how a learner did", async () => {
  const model = await loadKnowledgeModel(FOLDER);
  const [afterRight, afterWrong] = [await logitAfter(model, RIGHT), await logitAfter(model, WRONG)];
  assert.ok(afterRight > afterWrong + 1, `${afterRight} after right answers, ${afterWrong} after wrong ones`);
  model.close();
});
