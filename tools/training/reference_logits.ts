/** Holds TensorFlow.js to the logits that the trainer stored with its network. */
import { tensor4d } from "@tensorflow/tfjs-core";
import { join } from "node:path";
import { z } from "zod";
import { EMOTIONS } from "../../src/domain/affect/observation.ts";
import { loadGraph } from "../../src/ml/load_graph.ts";
import type { EmotionManifest } from "../../src/ml/manifest.ts";

const reference = z.object({ logits: z.array(z.array(z.number()).length(EMOTIONS.length)).min(8) });

/** Byte at (`x`, `y`) of picture `k`: the formula of `reference_pictures` in model_folder.py. */
export function referenceByte(k: number, x: number, y: number): number {
  return (((k + 1) * x * x + (2 * k + 1) * y * y + k * x * y) >> (k + 3)) % 256;
}

/** How far the model in `folder` is from its trainer at most, in logits, over the pictures of `reference.json`. */
export async function referenceDifference(manifest: EmotionManifest, folder: string): Promise<number> {
  const { logits } = reference.parse(JSON.parse(await Deno.readTextFile(join(folder, "reference.json"))));
  const { width, height, scale, offset } = manifest.input;
  const input = Float32Array.from({ length: logits.length * width * height }, (_, at) => {
    const [k, place] = [Math.floor(at / (width * height)), at % (width * height)];
    return referenceByte(k, place % width, Math.floor(place / width)) * scale + offset;
  });
  const graph = await loadGraph(manifest, folder);
  const batch = tensor4d(input, [logits.length, height, width, 1]);
  const output = [graph.execute(batch)].flat();
  const got = (await Promise.all(output.map((tensor) => tensor.data<"float32">()))).flatMap((part) => [...part]);
  for (const tensor of [batch, ...output]) tensor.dispose();
  graph.dispose();
  return Math.max(...logits.flat().map((expected, at) => Math.abs((got[at] ?? Infinity) - expected)));
}
