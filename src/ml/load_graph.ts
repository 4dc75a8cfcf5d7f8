/** Loads a TensorFlow.js graph model from memory, with every input size left open. */
import { type GraphModel, loadGraphModel } from "@tensorflow/tfjs-converter";
import type { io } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { type ModelManifest, ModelManifestError, readModelFile } from "./manifest.ts";

/** The part of a graph's JSON that we change or check; the rest is the converter's to judge. */
const graphJson = z.looseObject({
  modelTopology: z.looseObject({
    node: z.array(
      z.looseObject({ name: z.string(), op: z.string(), attr: z.record(z.string(), z.unknown()).optional() }),
    ),
  }),
  weightsManifest: z.array(z.object({
    weights: z.array(z.looseObject({
      name: z.string(),
      shape: z.array(z.number()),
      dtype: z.enum(["float32", "int32", "bool"]),
    })),
  })),
});

const shapeAttribute = z.looseObject({
  shape: z.looseObject({ dim: z.array(z.looseObject({ size: z.union([z.string(), z.number()]) })) }),
});

/**
 * Loads the network a manifest describes.
 *
 * Batch, height and width of its inputs are set to "any": a fully convolutional detector then takes images in their
 * own proportions, several at once, as long as its fixed reshapes are not asked for.
 *
 * @throws ModelManifestError when a file is missing, altered or no graph model
 */
export async function loadGraph(manifest: ModelManifest, folder: string): Promise<GraphModel> {
  const text = new TextDecoder().decode(await readModelFile(manifest, folder, manifest.topology));
  const parsed = graphJson.safeParse(JSON.parse(text));
  if (!parsed.success) throw new ModelManifestError(`${manifest.name}: ${z.prettifyError(parsed.error)}`);
  const weights: Uint8Array[] = [];
  for (const file of manifest.weights) weights.push(await readModelFile(manifest, folder, file));
  openInputSizes(parsed.data.modelTopology.node);
  const artifacts: io.ModelArtifacts = {
    modelTopology: parsed.data.modelTopology,
    weightSpecs: parsed.data.weightsManifest.flatMap((group) => group.weights),
    weightData: joined(weights),
  };
  return await loadGraphModel({ load: () => Promise.resolve(artifacts) });
}

function openInputSizes(nodes: readonly { op: string; attr?: Record<string, unknown> | undefined }[]): void {
  for (const node of nodes) {
    if (node.op !== "Placeholder" || node.attr?.shape === undefined) continue;
    const { shape } = shapeAttribute.parse(node.attr.shape);
    node.attr.shape = { shape: { dim: shape.dim.map((d, axis) => (axis < 3 ? { size: "-1" } : d)) } };
  }
}

function joined(parts: readonly Uint8Array[]): ArrayBuffer {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.buffer;
}
