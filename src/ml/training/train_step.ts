/** One training step: a chunk forward, its loss backward, the weights moved. */
import {
  keep,
  mul,
  type Scalar,
  softplus,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  tidy,
  valueAndGrads,
} from "@tensorflow/tfjs-core";
import type { NetworkTensors } from "../knowledge/network.ts";
import { PARAMETER_NAMES, perParameter } from "../knowledge/network_size.ts";
import { takeNumbers } from "../knowledge/take_numbers.ts";
import { optimize, type OptimizerState, type StepSize } from "./adamw.ts";
import { chunkForward, type ChunkTensors } from "./chunk_forward.ts";

export interface TrainStep {
  readonly state: OptimizerState;
  /** Mean log loss of the chunk's answers, in nats. */
  readonly loss: number;
  /** The hidden states that the lanes end with. */
  readonly last: Tensor2D;
}

/** What a step learns from; all of it stays the caller's. */
export interface Lesson {
  readonly chunk: ChunkTensors;
  /** The hidden states that the lanes begin with. */
  readonly first: Tensor2D;
}

/** Moves the weights by one step. Disposes of the old state. */
export async function trainStep(state: OptimizerState, lesson: Lesson, size: StepSize): Promise<TrainStep> {
  const { gradients, loss, last } = await lossGradients(state.weights, lesson);
  return { state: optimize(state, gradients, size), loss, last };
}

/** The loss of a chunk and its slope in every parameter; the tensors are the caller's. */
export async function lossGradients(
  weights: NetworkTensors,
  { chunk, first }: Lesson,
): Promise<{ gradients: NetworkTensors; loss: number; last: Tensor2D }> {
  const lasts: Tensor2D[] = [];
  const lossOf = (...tensors: Tensor[]): Scalar => {
    const moved = perParameter((name) => tensors[PARAMETER_NAMES.indexOf(name)] as Tensor2D);
    const { logits, last } = chunkForward(moved, chunk, first);
    lasts.push(keep(last.clone()));
    return logLoss(logits, chunk);
  };
  const { value, grads } = tidy(() => valueAndGrads(lossOf)(PARAMETER_NAMES.map((name) => weights[name])));
  const [loss = NaN] = await takeNumbers(value);
  const gradients = perParameter((name) => grads[PARAMETER_NAMES.indexOf(name)] as Tensor2D);
  return { gradients, loss, last: lasts[0] ?? first };
}

/** `-log p` of what happened is `softplus(z) - z y` for the logit `z`. */
function logLoss(logits: Tensor2D, { correct, weights, weightSum }: ChunkTensors): Scalar {
  const losses = mul(sub(softplus(logits), mul(logits, correct)), weights);
  return mul(sum(losses), 1 / weightSum);
}
