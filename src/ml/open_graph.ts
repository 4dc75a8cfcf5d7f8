/** Opens a TensorFlow.js graph model from memory, with every input size left open: on the server and in a browser. */
import { type GraphModel, loadGraphModel } from "@tensorflow/tfjs-converter";
import type { io } from "@tensorflow/tfjs-core";

/** The part of a node that is read or changed here. */
interface GraphNode {
  readonly op: string;
  readonly attr?: { shape?: { shape: { dim?: readonly object[] | undefined } } | undefined } | undefined;
}

/** The part of a graph's JSON that is read or changed here; the rest is the converter's to judge. */
export interface GraphJson {
  readonly modelTopology: { readonly node: readonly GraphNode[] };
  readonly weightsManifest: readonly { readonly weights: readonly io.WeightsManifestEntry[] }[];
}

/**
 * Opens the network in the current backend; `weights` are its weight files, in order.
 *
 * Batch, height and width of its inputs are set to "any": a fully convolutional detector then takes images in their
 * own proportions, several at once, as long as its fixed reshapes are not asked for.
 */
export async function openGraph(graph: GraphJson, weights: readonly Uint8Array[]): Promise<GraphModel> {
  openInputSizes(graph.modelTopology.node);
  const artifacts: io.ModelArtifacts = {
    modelTopology: graph.modelTopology,
    weightSpecs: graph.weightsManifest.flatMap((group) => group.weights),
    weightData: joined(weights),
  };
  return await loadGraphModel({ load: () => Promise.resolve(artifacts) });
}

function openInputSizes(nodes: readonly GraphNode[]): void {
  for (const { op, attr } of nodes) {
    const dim = attr?.shape?.shape.dim;
    if (op !== "Placeholder" || attr === undefined || dim === undefined) continue;
    attr.shape = { shape: { dim: dim.map((size, axis) => (axis < 3 ? { size: "-1" } : size)) } };
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
