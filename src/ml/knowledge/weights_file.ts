/** The weight file: all parameters of the network as little-endian floats, checked before a tensor is made of them. */
import {
  elementCount,
  type NetworkSize,
  PARAMETER_NAMES,
  parameterShapes,
  type PerParameter,
  perParameter,
} from "./network_size.ts";
import { type KnowledgeManifest, KnowledgeModelError } from "./knowledge_manifest.ts";

const BYTES_PER_NUMBER = 4;

export type WeightArrays = PerParameter<Float32Array>;

/** The bytes of a weight file. */
export function packWeights(weights: WeightArrays): Uint8Array<ArrayBuffer> {
  const numbers = PARAMETER_NAMES.reduce((total, name) => total + weights[name].length, 0);
  const view = new DataView(new ArrayBuffer(numbers * BYTES_PER_NUMBER));
  let offset = 0;
  for (const name of PARAMETER_NAMES) {
    for (const number of weights[name]) {
      view.setFloat32(offset, number, LITTLE_ENDIAN);
      offset += BYTES_PER_NUMBER;
    }
  }
  return new Uint8Array(view.buffer);
}

const LITTLE_ENDIAN = true;

/** Names and shapes in the order of the file, as the manifest lists them. */
export function parameterList(size: NetworkSize): KnowledgeManifest["weights"]["parameters"] {
  const shapes = parameterShapes(size);
  return PARAMETER_NAMES.map((name) => ({ name, shape: [...shapes[name]] }));
}

/**
 * The parameters in a file that a manifest describes.
 *
 * @throws KnowledgeModelError when the manifest's shapes are not this network's, or when the file is another than the
 * manifest names, cut short or too long, or holds a number that is not finite
 */
export async function unpackWeights(
  { name: model, size, weights }: KnowledgeManifest,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<WeightArrays> {
  if (JSON.stringify(weights.parameters) !== JSON.stringify(parameterList(size))) {
    throw new KnowledgeModelError(`${model}: the manifest lists other parameters than a network of its size has`);
  }
  const shapes = parameterShapes(size);
  const expected = PARAMETER_NAMES.reduce((total, name) => total + elementCount(shapes[name]), 0) * BYTES_PER_NUMBER;
  if (bytes.length !== expected) {
    throw new KnowledgeModelError(`${model}: ${weights.path} has ${bytes.length} bytes, expected ${expected}`);
  }
  const digest = await sha256Hex(bytes);
  if (digest !== weights.sha256) {
    throw new KnowledgeModelError(`${model}: ${weights.path} has SHA-256 ${digest}, expected ${weights.sha256}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;
  return perParameter((name) => {
    const values = new Float32Array(elementCount(shapes[name]));
    for (const index of values.keys()) {
      values[index] = view.getFloat32(offset, LITTLE_ENDIAN);
      offset += BYTES_PER_NUMBER;
    }
    if (!values.every(Number.isFinite)) {
      throw new KnowledgeModelError(`${model}: ${name} holds a number that is not finite`);
    }
    return values;
  });
}

export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
