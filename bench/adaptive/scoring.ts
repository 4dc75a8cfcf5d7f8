/** Milliseconds to score candidate items and to take in answers with the knowledge model, on one thread. */
import { type BackendChoice, planBackends, startBackend } from "../../src/ml/backend.ts";
import type { KnowledgeModel } from "../../src/ml/knowledge/knowledge_model.ts";
import { loadKnowledgeModel } from "../../src/ml/knowledge/load_knowledge_model.ts";
import { percentilesMs } from "../percentiles.ts";

const WARM_UP_ROUNDS = 20;
const ROUNDS = 200;

/** Numbers between -1 and 1; the network's time does not depend on which. */
function numbers(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => Math.sin(index));
}

async function measure(label: string, pass: () => Promise<unknown>): Promise<string> {
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) await pass();
  const passesMs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const beganMs = performance.now();
    await pass();
    passesMs.push(performance.now() - beganMs);
  }
  return `${label.padEnd(38)} ${percentilesMs(passesMs, [50, 95])}`;
}

function score(model: KnowledgeModel, learners: number, candidates: number): Promise<string> {
  const requests = Array.from({ length: learners }, () => ({
    hidden: numbers(model.size.hidden),
    features: numbers(candidates * model.size.features),
    eloLogits: numbers(candidates),
  }));
  return measure(`score ${candidates} candidates of ${learners} learner(s)`, () => model.score(requests));
}

function step(model: KnowledgeModel, learners: number): Promise<string> {
  const batch = {
    features: numbers(learners * model.size.features),
    correct: new Uint8Array(learners).fill(1),
    hidden: numbers(learners * model.size.hidden),
  };
  return measure(`take in an answer of ${learners} learner(s)`, () => model.step(batch));
}

/** A line a measurement, on the backend asked for or, where that is missing, on WASM. */
export async function measureScoring(choice: BackendChoice, folder: string): Promise<readonly string[]> {
  const { order: [backend = "wasm"], notes } = await planBackends(choice);
  await startBackend(backend);
  const model = await loadKnowledgeModel(folder);
  const lines = [
    `${backend}, ${model.id}, hidden ${model.size.hidden}, head ${model.size.head}`,
    ...notes,
    await score(model, 1, 500),
    await score(model, 64, 200),
    await step(model, 1),
    await step(model, 64),
  ];
  model.close();
  return lines;
}
