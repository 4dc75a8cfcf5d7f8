import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { startBackend } from "../../src/ml/backend.ts";
import { EmotionModel } from "../../src/ml/emotion_model.ts";
import { loadGraph } from "../../src/ml/load_graph.ts";
import { readManifest } from "../../src/ml/manifest.ts";
import type { PixelImage } from "../../src/ml/pixels.ts";
import { proveWarmUp } from "../../src/ml/warm_up.ts";
import { referenceByte, referenceDifference } from "../../tools/training/reference_logits.ts";

const folder = fileURLToPath(new URL("../../models/emotion", import.meta.url));
const manifest = await readManifest(folder);
assert.equal(manifest.task, "emotion");
const { width, height } = manifest.input;
await startBackend("wasm");

function picture(byteAt: (x: number, y: number) => number): PixelImage {
  const data = Uint8Array.from(
    { length: width * height },
    (_, at) => byteAt(at % width, Math.floor(at / width)),
  );
  return { width, height, channels: 1, data };
}

const whole = { x: 0, y: 0, width, height };

Deno.test("[M26] the emotion network gives its trainer's logits within 1e-4 on TensorFlow.js", async () => {
  const difference = await referenceDifference(manifest, folder);
  assert.ok(difference <= 1e-4, `${difference} off`);
});

Deno.test("[M26] the trainer's answer to the warm-up picture is held to 1e-4", async () => {
  assert.ok(manifest.warmUp.tolerance <= 1e-4);
  const model = new EmotionModel(await loadGraph(manifest, folder), manifest);
  proveWarmUp(model.id, manifest.warmUp, await model.warmUp());
  model.close();
});

Deno.test("[M27] a face reads the same in dim, bright and flat light", async () => {
  const model = new EmotionModel(await loadGraph(manifest, folder), manifest);
  // Even, so that half of it is a byte too.
  const face = (x: number, y: number) => 2 * Math.floor(referenceByte(5, x, y) / 4);
  const lights = [face, (x: number, y: number) => face(x, y) + 120, (x: number, y: number) => 100 + face(x, y) / 2];
  const [plain, ...others] = await model.classify(
    lights.map((light) => ({ image: picture(light), region: whole })),
  );
  model.close();
  // What is left is the floor under the variance, which keeps even pictures even.
  for (const other of others) {
    for (const [at, p] of other.entries()) assert.ok(Math.abs(p - (plain?.[at] ?? NaN)) < 0.03, `${other}, ${plain}`);
  }
});

Deno.test("[M27] an even picture yields seven finite probabilities that add up to one", async () => {
  const model = new EmotionModel(await loadGraph(manifest, folder), manifest);
  const [shares = []] = await model.classify([{ image: picture(() => 128), region: whole }]);
  model.close();
  assert.equal(shares.length, 7);
  assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-6, `${shares}`);
});
