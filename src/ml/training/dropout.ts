/** Dropout masks: some of the scoring layer's inputs are left out at random while training. */
import { type Tensor2D, tensor2d } from "@tensorflow/tfjs-core";
import type { ChunkShape } from "./answer_lanes.ts";

/** Shares of numbers that are left out, 0 to 1. */
export interface DropoutRates {
  readonly features: number;
  readonly hidden: number;
}

/** What the inputs are multiplied by; `[steps * lanes, width]` each. */
export interface DropoutMasks {
  readonly features: Tensor2D;
  readonly hidden: Tensor2D;
}

/** Fresh masks for one chunk; the caller disposes of them. */
export function dropoutMasks(
  rates: DropoutRates,
  shape: ChunkShape,
  hidden: number,
  random: () => number,
): DropoutMasks {
  const rows = shape.steps * shape.lanes;
  return {
    features: mask(rates.features, rows, shape.features, random),
    hidden: mask(rates.hidden, rows, hidden, random),
  };
}

/** Kept numbers are scaled up, so that the expected sum stays (Srivastava et al. 2014, inverted). */
function mask(rate: number, rows: number, width: number, random: () => number): Tensor2D {
  const kept = 1 / (1 - rate);
  return tensor2d(Float32Array.from({ length: rows * width }, () => random() < rate ? 0 : kept), [rows, width]);
}
