/**
 * Runs models/emotion on TensorFlow.js over the trainer's reference pictures and the faces that its figures were taken on,
 * and compares logits and figures. Run:
 * deno run --allow-read --allow-env --allow-sys tools/training/check_export.ts DATA [MODEL]
 */
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { EMOTIONS } from "../../src/domain/affect/observation.ts";
import { startBackend } from "../../src/ml/backend.ts";
import { measureRecognition, type ReadFace } from "../../src/ml/emotion_evaluation/recognition_metrics.ts";
import { EmotionModel } from "../../src/ml/emotion_model.ts";
import { loadGraph } from "../../src/ml/load_graph.ts";
import { type EmotionManifest, readManifest } from "../../src/ml/manifest.ts";
import { ModelManifestError } from "../../src/ml/model_manifest_error.ts";
import { referenceDifference } from "./reference_logits.ts";

/** Figures of trainer and TensorFlow.js may differ by the odd face on the border of two classes or bins. */
const DIFFERENCE_MAX = 0.002;
/** Logits themselves may differ by rounding alone. */
const LOGIT_DIFFERENCE_MAX = 1e-4;

const labelled = z.object({ classes: z.array(z.enum(EMOTIONS)), size: z.int(), labels: z.array(z.int()) });

async function readFaces(model: EmotionModel, data: string): Promise<{ faces: ReadFace[]; msPerFace: number }> {
  const { classes, size, labels } = labelled.parse(JSON.parse(await Deno.readTextFile(`${data}/fer2013_dev.json`)));
  const pixels = gunzipSync(await Deno.readFile(`${data}/fer2013_dev.u8.gz`));
  const faces: ReadFace[] = [];
  const region = { x: 0, y: 0, width: size, height: size };
  const startedMs = performance.now();
  for (const [index, at] of labels.entries()) {
    const face = pixels.subarray(index * size * size, (index + 1) * size * size);
    const image = { width: size, height: size, channels: 1 as const, data: face };
    const [probabilities = []] = await model.classify([{ image, region }]);
    const label = classes[at];
    if (label === undefined) throw new ModelManifestError(`label ${at} of face ${index} is no class`);
    faces.push({ label, probabilities });
  }
  return { faces, msPerFace: (performance.now() - startedMs) / labels.length };
}

async function emotionManifest(folder: string): Promise<EmotionManifest> {
  const manifest = await readManifest(folder);
  if (manifest.task !== "emotion") throw new ModelManifestError(`${folder} holds a model for ${manifest.task}`);
  return manifest;
}

const [data, folder = "models/emotion"] = Deno.args;
if (data === undefined) {
  console.error("DATA is missing: the folder of fer2013_dev.json and fer2013_dev.u8.gz");
  Deno.exit(2);
}
const manifest = await emotionManifest(folder);
await startBackend("wasm");
const model = new EmotionModel(await loadGraph(manifest, folder), manifest);
const off = await referenceDifference(manifest, folder);
console.log(`logits of the reference pictures: at most ${off.toExponential(1)} from the trainer's`);
const { faces, msPerFace } = await readFaces(model, data);
const metrics = measureRecognition(faces, manifest.output.confidenceMin);
const figures = new Map([
  ["accuracy", metrics.accuracy],
  ["macro_f1", metrics.macroF1],
  ["ece", metrics.ece],
  ["coverage", metrics.coverage],
  ["accuracy_at_coverage", metrics.accuracyAtCoverage],
]);
console.log(`${model.id} on ${faces.length} faces, ${msPerFace.toFixed(2)} ms a face`);
let isMet = off <= LOGIT_DIFFERENCE_MAX;
for (const { name, value } of manifest.metrics) {
  const got = figures.get(name);
  if (got === undefined) continue;
  if (Math.abs(got - value) > DIFFERENCE_MAX) isMet = false;
  console.log(`${name}: ${got.toFixed(4)}, the trainer's ${value.toFixed(4)}`);
}
if (!isMet) {
  console.error("the exported network does not give the trainer's logits or figures");
  Deno.exit(1);
}
