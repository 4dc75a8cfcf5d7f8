import assert from "node:assert/strict";
import { join } from "node:path";
import { FEATURES, FEATURES_VERSION } from "../../../src/domain/adaptive/encode.ts";
import { startBackend } from "../../../src/ml/backend.ts";
import type { KnowledgeManifest } from "../../../src/ml/knowledge/knowledge_manifest.ts";
import { loadKnowledgeModel } from "../../../src/ml/knowledge/load_knowledge_model.ts";
import { packWeights, parameterList, sha256Hex, type WeightArrays } from "../../../src/ml/knowledge/weights_file.ts";
import { noisyWeights } from "./small_networks.ts";
import { NO_TRAINING } from "./model_folder.ts";

await startBackend("wasm");

const SIZE = { features: FEATURES, hidden: 3, head: 4 };
const weights = noisyWeights(SIZE, 9);

async function manifestOf(bytes: Uint8Array<ArrayBuffer>): Promise<KnowledgeManifest> {
  return {
    task: "knowledge_tracing",
    name: "small",
    version: "1",
    licence: "MIT",
    featuresVersion: FEATURES_VERSION,
    size: SIZE,
    weights: { path: "weights.bin", sha256: await sha256Hex(bytes), parameters: parameterList(SIZE) },
    temperature: 1,
    training: NO_TRAINING,
    metrics: [],
    warmUp: { expected: [0, 0, 0, 0], tolerance: 100 },
  };
}

/** Writes a model folder and tries to load it. */
async function loadWritten(
  bytes: Uint8Array<ArrayBuffer>,
  change: (manifest: KnowledgeManifest) => unknown = (manifest) => manifest,
) {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeFile(join(folder, "weights.bin"), bytes);
    await Deno.writeTextFile(join(folder, "manifest.json"), JSON.stringify(change(await manifestOf(bytes))));
    return await loadKnowledgeModel(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function damaged(name: keyof WeightArrays, value: number): Uint8Array<ArrayBuffer> {
  const values = weights[name].slice();
  values[1] = value;
  return packWeights({ ...weights, [name]: values });
}

Deno.test("[N6] weights come back as they were written", async () => {
  const model = await loadWritten(packWeights(weights));
  assert.deepEqual(model.weights.headHidden.dataSync<"float32">(), weights.headHidden);
  model.close();
});

Deno.test("[N6] a number that is not finite is refused, its parameter named", async () => {
  for (const value of [NaN, Infinity]) {
    await assert.rejects(loadWritten(damaged("keepHidden", value)), {
      name: "KnowledgeModelError",
      message: /keepHidden/,
    });
  }
});

Deno.test("[N6] a truncated, lengthened or altered file is refused", async () => {
  const bytes = packWeights(weights);
  const error = (message: RegExp) => ({ name: "KnowledgeModelError", message });
  await assert.rejects(loadWritten(bytes.slice(0, -1)), error(/bytes, expected/));
  await assert.rejects(loadWritten(new Uint8Array([...bytes, 0])), error(/bytes, expected/));
  const other = { ...(await manifestOf(damaged("keepHidden", 0.5))).weights };
  await assert.rejects(loadWritten(bytes, (manifest) => ({ ...manifest, weights: other })), error(/SHA-256/));
});

Deno.test("[N6] a manifest of another size, features version or schema is refused", async () => {
  const bytes = packWeights(weights);
  const error = (message: RegExp) => ({ name: "KnowledgeModelError", message });
  const larger = (manifest: KnowledgeManifest) => ({ ...manifest, size: { ...SIZE, hidden: 5 } });
  await assert.rejects(loadWritten(bytes, larger), error(/other parameters/));
  const newer = (manifest: KnowledgeManifest) => ({ ...manifest, featuresVersion: FEATURES_VERSION + 1 });
  await assert.rejects(loadWritten(bytes, newer), error(/features of version/));
  await assert.rejects(loadWritten(bytes, (manifest) => ({ ...manifest, temperature: 0 })), error(/temperature/));
  await assert.rejects(loadKnowledgeModel("no/such/folder"), error(/cannot read/));
});
