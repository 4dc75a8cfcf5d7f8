/**
 * Writes what a model thinks of every training face, as the teacher of another: probabilities [faces, classes] as
 * float32, the mean over each face and its mirror image. Run:
 * deno run --allow-read --allow-write --allow-env --allow-sys tools/training/opinions.ts DATA MODEL OUT
 */
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { EMOTIONS } from "../../src/domain/affect/observation.ts";
import { startBackend } from "../../src/ml/backend.ts";
import { EmotionModel } from "../../src/ml/emotion_model.ts";
import { loadGraph } from "../../src/ml/load_graph.ts";
import { readManifest } from "../../src/ml/manifest.ts";
import { ModelManifestError } from "../../src/ml/model_manifest_error.ts";

const BATCH = 16;

/** Bytes [height, width] of a gray picture, right and left exchanged. */
function mirrored(face: Uint8Array, side: number): Uint8Array {
  return face.map((_, at) => face[at - (at % side) + side - 1 - (at % side)] ?? 0);
}

const [data, folder, out] = Deno.args;
if (data === undefined || folder === undefined || out === undefined) {
  console.error("DATA, MODEL and OUT are needed: a folder of fer2013_train.json and .u8.gz, a model's folder, a file");
  Deno.exit(2);
}
const { size, count } = z.object({ size: z.int(), count: z.int() }).parse(
  JSON.parse(await Deno.readTextFile(`${data}/fer2013_train.json`)),
);
const pixels = gunzipSync(await Deno.readFile(`${data}/fer2013_train.u8.gz`));
const manifest = await readManifest(folder);
if (manifest.task !== "emotion") throw new ModelManifestError(`${folder} holds a model for ${manifest.task}`);
await startBackend("wasm");
const model = new EmotionModel(await loadGraph(manifest, folder), manifest);
const region = { x: 0, y: 0, width: size, height: size };
const opinions = new Float32Array(count * EMOTIONS.length);
for (let first = 0; first < count; first += BATCH) {
  const crops = [];
  for (let at = first; at < Math.min(count, first + BATCH); at++) {
    const face = pixels.subarray(at * size * size, (at + 1) * size * size);
    for (const view of [face, mirrored(face, size)]) {
      crops.push({ image: { width: size, height: size, channels: 1 as const, data: view }, region });
    }
  }
  for (const [view, probabilities] of (await model.classify(crops)).entries()) {
    const place = (first + Math.floor(view / 2)) * EMOTIONS.length;
    probabilities.forEach((share, k) => opinions[place + k] = (opinions[place + k] ?? 0) + share / 2);
  }
}
await Deno.writeFile(out, new Uint8Array(opinions.buffer));
