/** Writes a trained network as a model folder: manifest, weights and curves. */
import { join } from "node:path";
import { FEATURES_VERSION } from "../../domain/adaptive/encode.ts";
import type { KnowledgeManifest, KnowledgeMetric } from "../knowledge/knowledge_manifest.ts";
import { KnowledgeModel } from "../knowledge/knowledge_model.ts";
import { proofLogits } from "../knowledge/warm_up_proof.ts";
import { packWeights, parameterList, sha256Hex } from "../knowledge/weights_file.ts";
import type { TrainingRun } from "./checkpoint.ts";
import { drawCurves } from "./curves_svg.ts";

/** What the manifest says beside what the run itself knows. */
export interface ExportNotes {
  readonly data: readonly string[];
  readonly files: KnowledgeManifest["training"]["files"];
  readonly sharedLearners: readonly (readonly string[])[];
  readonly modes: KnowledgeManifest["training"]["modes"];
  readonly command: string;
  readonly temperature: number;
  readonly metrics: readonly KnowledgeMetric[];
}

/** Backends sum in different orders. */
const PROOF_TOLERANCE = 1e-3;
const WEIGHTS_FILE = "weights.bin";
/** Hexadecimal digits of the weights' digest that name their version. */
const VERSION_DIGITS = 12;

/** Replaces the folder's `manifest.json`, `weights.bin` and `curves.svg` by those of the run's best epoch. */
export async function exportModel(folder: string, run: TrainingRun, notes: ExportNotes): Promise<KnowledgeManifest> {
  const bytes = packWeights(run.best);
  const sha256 = await sha256Hex(bytes);
  // A version of its own for all weights: a hidden state means nothing to others.
  const version = sha256.slice(0, VERSION_DIGITS);
  const identity = { name: "knowledge", version, size: run.plan.size, temperature: notes.temperature };
  const manifest: KnowledgeManifest = {
    task: "knowledge_tracing",
    ...identity,
    licence: "MIT",
    featuresVersion: FEATURES_VERSION,
    weights: { path: WEIGHTS_FILE, sha256, parameters: parameterList(run.plan.size) },
    training: {
      data: [...notes.data],
      files: [...notes.files],
      sharedLearners: notes.sharedLearners.map((group) => [...group]),
      modes: [...notes.modes],
      seed: run.plan.seed,
      epochs: run.history.length,
      answersSeen: run.history.reduce((sum, epoch) => sum + epoch.answers, 0),
      command: notes.command,
    },
    metrics: [...notes.metrics],
    warmUp: { expected: await provenLogits(new KnowledgeModel(identity, run.best)), tolerance: PROOF_TOLERANCE },
  };
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeFile(join(folder, WEIGHTS_FILE), bytes);
  await Deno.writeTextFile(join(folder, "curves.svg"), drawCurves(run.history, run.bestEpoch));
  await Deno.writeTextFile(join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

async function provenLogits(model: KnowledgeModel): Promise<number[]> {
  const logits = (await proofLogits(model)).map((logit) => Number(logit.toPrecision(7)));
  model.close();
  return logits;
}
