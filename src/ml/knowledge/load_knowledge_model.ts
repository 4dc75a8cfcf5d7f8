/** Opens a knowledge model from its folder and lets it prove itself before it serves. */
import { join } from "node:path";
import { FEATURES, FEATURES_VERSION } from "../../domain/adaptive/encode.ts";
import { KnowledgeModelError, readKnowledgeManifest } from "./knowledge_manifest.ts";
import { KnowledgeModel } from "./knowledge_model.ts";
import { proveModel } from "./warm_up_proof.ts";
import { unpackWeights } from "./weights_file.ts";

/**
 * Loads the model in a folder onto the current backend.
 *
 * @throws KnowledgeModelError when a file is missing, damaged, or not the one that the manifest names
 * @throws KnowledgeProofError when the backend computes something else than the manifest says
 */
export async function loadKnowledgeModel(folder: string): Promise<KnowledgeModel> {
  const manifest = await readKnowledgeManifest(folder);
  if (manifest.featuresVersion !== FEATURES_VERSION || manifest.size.features !== FEATURES) {
    throw new KnowledgeModelError(
      `${manifest.name} reads ${manifest.size.features} features of version ${manifest.featuresVersion}, ` +
        `this program makes ${FEATURES} of version ${FEATURES_VERSION}`,
    );
  }
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await Deno.readFile(join(folder, manifest.weights.path));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new KnowledgeModelError(`${manifest.name}: cannot read ${manifest.weights.path}: ${reason}`, { cause });
  }
  const model = new KnowledgeModel(manifest, await unpackWeights(manifest, bytes));
  try {
    await proveModel(model, manifest.warmUp);
    return model;
  } catch (error) {
    model.close();
    throw error;
  }
}
