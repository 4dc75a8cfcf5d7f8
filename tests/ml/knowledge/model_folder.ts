/** A small knowledge model in a folder of its own, and questions to ask it. */
import { join } from "node:path";
import { FEATURES, FEATURES_VERSION } from "../../../src/domain/adaptive/encode.ts";
import type { ModelQuestion } from "../../../src/domain/adaptive/model_question.ts";
import { randomFrom } from "../../../src/domain/random.ts";
import { KnowledgeModel } from "../../../src/ml/knowledge/knowledge_model.ts";
import type { KnowledgeManifest } from "../../../src/ml/knowledge/knowledge_manifest.ts";
import { packWeights, parameterList, sha256Hex } from "../../../src/ml/knowledge/weights_file.ts";
import { noisyWeights } from "./small_networks.ts";

const SIZE = { features: FEATURES, hidden: 8, head: 6 };
const IDENTITY = { name: "small", version: "1", size: SIZE, temperature: 1 };

/** What the manifest of a network that learnt nothing says of its training. */
export const NO_TRAINING: KnowledgeManifest["training"] = {
  data: [],
  files: [],
  sharedLearners: [],
  modes: ["warm"],
  seed: 1,
  epochs: 0,
  answersSeen: 0,
  command: "none",
};

/** On the current backend. */
export function smallModel(): KnowledgeModel {
  return new KnowledgeModel(IDENTITY, noisyWeights(SIZE, 5));
}

/** Writes the model of {@link smallModel}; the caller removes the folder. */
export async function smallModelFolder(): Promise<string> {
  const folder = await Deno.makeTempDir();
  const bytes = packWeights(noisyWeights(SIZE, 5));
  const manifest: KnowledgeManifest = {
    task: "knowledge_tracing",
    ...IDENTITY,
    licence: "MIT",
    featuresVersion: FEATURES_VERSION,
    weights: { path: "weights.bin", sha256: await sha256Hex(bytes), parameters: parameterList(SIZE) },
    training: NO_TRAINING,
    metrics: [],
    warmUp: { expected: [0, 0, 0, 0], tolerance: 100 },
  };
  await Deno.writeFile(join(folder, "weights.bin"), bytes);
  await Deno.writeTextFile(join(folder, "manifest.json"), JSON.stringify(manifest));
  return folder;
}

/** A question of its own for each seed. */
export function questionOf(seed: number, unread: number, candidates: number): ModelQuestion {
  const random = randomFrom(seed);
  const numbers = (count: number) => Array.from({ length: count }, () => 2 * random() - 1);
  return {
    hidden: null,
    unread: Array.from({ length: unread }, () => ({ features: numbers(FEATURES), correct: random() < 0.5 })),
    features: Float32Array.from(numbers(candidates * FEATURES)),
    eloLogits: Float32Array.from(numbers(candidates)),
  };
}
