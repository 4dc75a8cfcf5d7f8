/** One chunk of answers through the network: the logit of every answer, and the states the next chunk begins with. */
import { dispose, mul, slice, sub, type Tensor2D, tensor2d, tidy } from "@tensorflow/tfjs-core";
import {
  boundFeatures,
  encodeAnswer,
  gateInputs,
  headOfHidden,
  type NetworkTensors,
  scoreLogits,
} from "../knowledge/network.ts";
import type { AnswerChunk, ChunkShape } from "./answer_lanes.ts";
import { runRecurrence } from "./recurrence.ts";
import { splitSteps } from "./split_steps.ts";

/** A chunk as tensors, time-major; `[steps * lanes, 1]` where nothing else is said. */
export interface ChunkTensors {
  /** `[steps * lanes, features]`, bounded. */
  readonly features: Tensor2D;
  readonly eloLogits: Tensor2D;
  readonly correct: Tensor2D;
  readonly weights: Tensor2D;
  readonly weightSum: number;
  /** Per step, `[lanes, 1]`. */
  readonly carried: readonly Tensor2D[];
}

/** The caller disposes of it by {@link disposeChunk}. */
export function chunkTensors(chunk: AnswerChunk, { steps, lanes, features }: ChunkShape): ChunkTensors {
  const rows = steps * lanes;
  return {
    features: tidy(() => boundFeatures(tensor2d(chunk.features, [rows, features]))),
    eloLogits: tensor2d(chunk.eloLogits, [rows, 1]),
    correct: tensor2d(chunk.correct, [rows, 1]),
    weights: tensor2d(chunk.weights, [rows, 1]),
    weightSum: chunk.weights.reduce((total, weight) => total + weight, 0),
    carried: tidy(() => splitSteps(tensor2d(chunk.carried, [rows, 1]), steps)),
  };
}

export function disposeChunk(chunk: ChunkTensors): void {
  dispose([chunk.features, chunk.eloLogits, chunk.correct, chunk.weights, ...chunk.carried]);
}

/**
 * Differentiable in the weights.
 *
 * @param first hidden states that the lanes begin with, `[lanes, hidden]`
 * @returns logits `[steps * lanes, 1]`, each computed before its answer was known, and the lanes' last states
 */
export function chunkForward(
  weights: NetworkTensors,
  chunk: ChunkTensors,
  first: Tensor2D,
): { logits: Tensor2D; last: Tensor2D } {
  const answers = encodeAnswer(weights, chunk.features, sub(mul(chunk.correct, 2), 1));
  const states = runRecurrence(weights, gateInputs(weights, answers), chunk.carried, first);
  const [lanes, hidden] = first.shape;
  const rows = chunk.features.shape[0];
  const before = slice(states, [0, 0], [rows, hidden]);
  const logits = scoreLogits(weights, chunk.features, chunk.eloLogits, headOfHidden(weights, before));
  return { logits, last: slice(states, [rows, 0], [lanes, hidden]) };
}
