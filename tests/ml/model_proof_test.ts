import assert from "node:assert/strict";
import { join } from "node:path";
import { openImageDecoder } from "../../src/ml/decode_image.ts";
import { FrameReader } from "../../src/ml/frame_reader.ts";
import { type ModelManifest, readManifest, readModelFile } from "../../src/ml/manifest.ts";
import { ModelManifestError } from "../../src/ml/model_manifest_error.ts";
import { packageFile, PackageFileError } from "../../src/ml/package_files.ts";
import { modelFolders, NoBackendError, openModels } from "../../src/ml/proven_models.ts";
import { proveWarmUp, WarmUpMismatchError } from "../../src/ml/warm_up.ts";
import { asJpeg, webcamFrame } from "./photographs.ts";

const shipped = modelFolders(null);
const emotionManifest = await readManifest(shipped.emotions);
assert.equal(emotionManifest.task, "emotion");
type EmotionManifest = Extract<ModelManifest, { task: "emotion" }>;

/** The last part of the file's path. */
function nameOf({ path }: EmotionManifest["topology"]): string {
  return path.split("/").at(-1) ?? path;
}

/** Writes a folder of one's own with the shipped weights and an altered manifest; gone after `use`. */
async function withOwnModel(
  change: (manifest: EmotionManifest) => object,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const shippedManifest = await readManifest(shipped.emotions);
    assert.equal(shippedManifest.task, "emotion");
    for (const file of [shippedManifest.topology, ...shippedManifest.weights]) {
      await Deno.writeFile(join(folder, nameOf(file)), await readModelFile(shippedManifest, shipped.emotions, file));
    }
    const inFolder = (file: EmotionManifest["topology"]) => ({ ...file, path: nameOf(file) });
    const own = change({
      ...shippedManifest,
      source: { kind: "folder" },
      name: "own",
      version: "1",
      topology: inFolder(shippedManifest.topology),
      weights: shippedManifest.weights.map(inFolder),
    });
    await Deno.writeTextFile(join(folder, "manifest.json"), JSON.stringify(own));
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function probabilitiesOf(
  backend: "wasm" | "webgpu",
  emotionModelPath: string | null,
): Promise<readonly number[]> {
  const models = await openModels(backend, modelFolders(emotionModelPath));
  assert.equal(models.backend, backend, models.notes.join("; "));
  const { decoder } = await openImageDecoder();
  const bytes = await asJpeg(await webcamFrame("dark"));
  const reader = new FrameReader(decoder, models.faces, models.emotions);
  const { results: [result] } = await reader.read([{
    format: "jpeg",
    orientation: 1,
    bytes,
    search: { kind: "whole" },
  }]);
  models.faces.close();
  models.emotions.close();
  assert.ok(result?.kind === "read" && result.reading.kind === "face");
  return result.reading.probabilities;
}

const adapter = navigator.gpu === undefined ? null : await navigator.gpu.requestAdapter();
const whyIgnored = adapter === null ? " (ignored: this machine has no WebGPU adapter)" : "";

Deno.test({
  name: `[M5] WASM and WebGPU agree within 1e-3 from JPEG to probabilities${whyIgnored}`,
  ignore: adapter === null,
  async fn() {
    const wasm = await probabilitiesOf("wasm", null);
    const webgpu = await probabilitiesOf("webgpu", null);
    for (const [at, p] of wasm.entries()) assert.ok(Math.abs(p - (webgpu[at] ?? 9)) < 1e-3, `${p}, ${webgpu[at]}`);
  },
});

Deno.test("[M5] a network of one's own replaces the emotion network, its class order put into ours", async () => {
  const reversed = (manifest: EmotionManifest) => ({
    ...manifest,
    output: { ...manifest.output, classes: manifest.output.classes.toReversed() },
  });
  const ours = await probabilitiesOf("wasm", null);
  await withOwnModel(reversed, async (folder) => {
    const own = await probabilitiesOf("wasm", folder);
    for (const [at, p] of ours.toReversed().entries()) assert.ok(Math.abs(p - (own[at] ?? 9)) < 1e-6);
  });
});

Deno.test("[M5] a backend whose outputs are not the stored ones is not used, and the reason is told", async () => {
  const wrong = (manifest: EmotionManifest) => ({
    ...manifest,
    warmUp: { ...manifest.warmUp, expected: manifest.warmUp.expected.map((value) => value + 0.01) },
  });
  await withOwnModel(wrong, async (folder) => {
    await assert.rejects(openModels("wasm", modelFolders(folder)), (error: unknown) => {
      assert.ok(error instanceof NoBackendError);
      assert.match(error.message, /wasm: own@1: output 0 is/);
      return true;
    });
  });
});

Deno.test("[M5] weights that were altered are refused by their SHA-256", async () => {
  await withOwnModel((manifest) => manifest, async (folder) => {
    const path = join(folder, emotionManifest.weights.map(nameOf)[0] ?? "");
    const bytes = await Deno.readFile(path);
    bytes[1000] = (bytes[1000] ?? 0) ^ 1;
    await Deno.writeFile(path, bytes);
    await assert.rejects(openModels("wasm", modelFolders(folder)), ModelManifestError);
  });
});

Deno.test("[M5] a manifest that names a file outside its folder, not the seven emotions, or by an odd name, is refused", async () => {
  const escapes = (manifest: EmotionManifest) => ({
    ...manifest,
    weights: manifest.weights.map((file) => ({ ...file, path: "../../secrets/weights.bin" })),
  });
  const sixClasses = (manifest: EmotionManifest) => ({
    ...manifest,
    output: { ...manifest.output, classes: manifest.output.classes.with(0, "happy") },
  });
  // A name goes into frames and drawings.
  const oddName = (manifest: EmotionManifest) => ({ ...manifest, name: "R&D net <v3>" });
  for (const change of [escapes, sixClasses, oddName]) {
    await withOwnModel(change, (folder) => assert.rejects(readManifest(folder), ModelManifestError));
  }
});

Deno.test("[M5] packageFile reads only the packages that are meant to be read", () => {
  assert.throws(() => packageFile("zod", "package.json"), PackageFileError);
});

Deno.test("[M5] proveWarmUp lets through what is within tolerance and nothing else, NaN included", () => {
  const recipe = { width: 1, height: 1, every: 2, expected: [1, -3], tolerance: 1e-3 };
  proveWarmUp("m", recipe, [[1.0015, 99], [-3.003, 99]]);
  for (const bad of [[1.01, 0, -3, 0], [1, 0, NaN, 0], [1, 0], [1, 0, -3, 0, 1]]) {
    assert.throws(() => proveWarmUp("m", recipe, [bad]), WarmUpMismatchError);
  }
});

Deno.test("[M5] record_warm_up prints the numbers that both manifests store", async () => {
  const root = new URL("../../", import.meta.url);
  for (const folder of [shipped.faces, shipped.emotions]) {
    const args = ["run", "--quiet", "--no-lock", "--allow-read", "--allow-env", "models/record_warm_up.ts", folder];
    const { stdout } = await new Deno.Command(Deno.execPath(), { args, cwd: root }).output();
    const printed: unknown = JSON.parse(new TextDecoder().decode(stdout));
    assert.ok(Array.isArray(printed));
    const { expected, tolerance } = (await readManifest(folder)).warmUp;
    assert.equal(printed.length, expected.length);
    for (const [at, value] of expected.entries()) {
      assert.ok(Math.abs(Number(printed[at]) - value) <= tolerance * (1 + Math.abs(value)));
    }
  }
});
