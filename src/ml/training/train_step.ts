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
import { PARAMETER_NAMES, perParameter } from "../knowledge/network_size.ts";
import { optimize, type OptimizerState, type StepSize } from "./adamw.ts";
import { chunkForward, type ChunkTensors } from "./chunk_forward.ts";

export interface TrainStep {
  readonly state: OptimizerState;
  /** Mean log loss of the chunk's answers, in nats. */
  readonly loss: number;
  /** The hidden states that the lanes end with. */
  readonly last: Tensor2D;
}

/**
 * Moves the weights by one step. Disposes of the old state; `first` and `chunk` stay the caller's.
 *
 * @param first the hidden states that the lanes begin with
 */
export function trainStep(state: OptimizerState, chunk: ChunkTensors, first: Tensor2D, size: StepSize): TrainStep {
  const lasts: Tensor2D[] = [];
  const lossOf = (...tensors: Tensor[]): Scalar => {
    const weights = perParameter((name) => tensors[PARAMETER_NAMES.indexOf(name)] as Tensor2D);
    const { logits, last } = chunkForward(weights, chunk, first);
    lasts.push(keep(last.clone()));
    return logLoss(logits, chunk);
  };
  const { value, grads } = tidy(() => valueAndGrads(lossOf)(PARAMETER_NAMES.map((name) => state.weights[name])));
  const loss = value.dataSync()[0] ?? NaN;
  value.dispose();
  const gradients = perParameter((name) => grads[PARAMETER_NAMES.indexOf(name)] as Tensor2D);
  return { state: optimize(state, gradients, size), loss, last: lasts[0] ?? first };
}

/** `-log p` of what happened is `softplus(z) - z y` for the logit `z`. */
function logLoss(logits: Tensor2D, { correct, weights, weightSum }: ChunkTensors): Scalar {
  const losses = mul(sub(softplus(logits), mul(logits, correct)), weights);
  return mul(sum(losses), 1 / weightSum);
}
