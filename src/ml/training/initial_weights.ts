/** The network before it has learnt anything: it answers with the Elo logit and little noise. */
import { keep, tensor2d } from "@tensorflow/tfjs-core";
import { randomFrom } from "../../domain/random.ts";
import type { NetworkTensors } from "../knowledge/network.ts";
import { elementCount, type NetworkSize, parameterShapes, perParameter } from "../knowledge/network_size.ts";

/** Uniform in `±1/√rows`; the linear term and all biases begin at zero. */
export function initialWeights(size: NetworkSize, seed: number): NetworkTensors {
  const random = randomFrom(seed);
  const shapes = parameterShapes(size);
  return perParameter((name) => {
    const shape = shapes[name];
    const bound = shape[0] === 1 || name === "shortcutFeatures" ? 0 : 1 / Math.sqrt(shape[0]);
    const values = Float32Array.from({ length: elementCount(shape) }, () => bound * (2 * random() - 1));
    return keep(tensor2d(values, [...shape]));
  });
}
