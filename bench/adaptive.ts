/**
 * Milliseconds to score candidate items and to take in answers with the knowledge model, on one thread.
 * Run: deno run --allow-read --allow-env --allow-ffi --allow-sys --unstable-webgpu bench/adaptive.ts [wasm|webgpu] [DIR]
 */
import { fileURLToPath } from "node:url";
import { planBackends, startBackend } from "../src/ml/backend.ts";
import { type KnowledgeModel, loadKnowledgeModel } from "../src/ml/knowledge/knowledge_model.ts";

const WARM_UP_ROUNDS = 20;
const ROUNDS = 200;

/** Numbers between -1 and 1; the network's time does not depend on which. */
function numbers(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => Math.sin(index));
}

function percentile(values: readonly number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(2);
}

async function measure(label: string, pass: () => Promise<unknown>): Promise<string> {
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) await pass();
  const passesMs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const beganMs = performance.now();
    await pass();
    passesMs.push(performance.now() - beganMs);
  }
  return `${label.padEnd(38)} p50 ${percentile(passesMs, 0.5).padStart(7)} ms   p95 ${
    percentile(passesMs, 0.95).padStart(7)
  } ms`;
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

const [choice = "wasm", folder = fileURLToPath(new URL("../models/knowledge", import.meta.url))] = Deno.args;
const { order: [backend = "wasm"], notes } = await planBackends(choice === "webgpu" ? "webgpu" : "wasm");
await startBackend(backend);
const model = await loadKnowledgeModel(folder);
const report = [
  `${backend}, ${model.id}, hidden ${model.size.hidden}, head ${model.size.head}`,
  ...notes,
  await score(model, 1, 500),
  await score(model, 64, 200),
  await step(model, 1),
  await step(model, 64),
];
console.log(report.join("\n"));
