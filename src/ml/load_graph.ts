/** Loads the graph model that a manifest describes from its files. */
import type { GraphModel } from "@tensorflow/tfjs-converter";
import { z } from "zod";
import { type ModelManifest, readModelFile } from "./manifest.ts";
import { ModelManifestError } from "./model_manifest_error.ts";
import { openGraph } from "./open_graph.ts";

const shapeAttribute = z.looseObject({
  shape: z.looseObject({ dim: z.array(z.looseObject({ size: z.union([z.string(), z.number()]) })).optional() }),
});

const graphJson = z.looseObject({
  modelTopology: z.looseObject({
    node: z.array(
      z.looseObject({
        name: z.string(),
        op: z.string(),
        attr: z.looseObject({ shape: shapeAttribute.optional() }).optional(),
      }),
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

/**
 * Loads the network of `folder` into the current backend.
 *
 * @throws ModelManifestError when a file is missing, altered or no graph model
 */
export async function loadGraph(manifest: ModelManifest, folder: string): Promise<GraphModel> {
  const text = new TextDecoder().decode(await readModelFile(manifest, folder, manifest.topology));
  const parsed = graphJson.safeParse(jsonOf(manifest, text));
  if (!parsed.success) throw new ModelManifestError(`${manifest.name}: ${z.prettifyError(parsed.error)}`);
  const weights: Uint8Array[] = [];
  for (const file of manifest.weights) weights.push(await readModelFile(manifest, folder, file));
  return await openGraph(parsed.data, weights);
}

function jsonOf({ name, topology }: ModelManifest, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ModelManifestError(`${name}: ${topology.path} is no JSON`, { cause });
  }
}
