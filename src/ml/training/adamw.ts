/** AdamW: Adam with decoupled weight decay, its gradients clipped to a norm and its weights averaged. */
import {
  add,
  addN,
  div,
  keep,
  minimum,
  mul,
  type Scalar,
  sqrt,
  square,
  sub,
  sum,
  type Tensor2D,
  tidy,
  zeros,
} from "@tensorflow/tfjs-core";
import type { NetworkTensors } from "../knowledge/network.ts";
import { PARAMETER_NAMES, type PerParameter, perParameter } from "../knowledge/network_size.ts";

const MEAN_DECAY = 0.9;
const SQUARE_DECAY = 0.999;
const EPSILON = 1e-8;
const GRADIENT_NORM_MAX = 1;

/** Tensors that live as long as training does. */
export interface OptimizerState {
  readonly step: number;
  readonly weights: NetworkTensors;
  /** Running mean of the weights, which generalises better than the weights of any one step (Polyak averaging). */
  readonly averages: NetworkTensors;
  readonly means: NetworkTensors;
  readonly squares: NetworkTensors;
}

export interface StepSize {
  readonly learningRate: number;
  /** Share of a matrix that is taken away a step, times the learning rate; biases are left alone. */
  readonly weightDecay: number;
  /** How much of the average stays each step. */
  readonly averageDecay: number;
}

/** The state before the first step; takes the weights over. */
export function beginOptimizer(weights: NetworkTensors): OptimizerState {
  const zerosOf = (name: keyof NetworkTensors) => keep(zeros(weights[name].shape)) as Tensor2D;
  return {
    step: 0,
    weights,
    averages: perParameter((name) => keep(weights[name].clone())),
    means: perParameter(zerosOf),
    squares: perParameter(zerosOf),
  };
}

/**
 * One step of AdamW (Loshchilov and Hutter, 2019). Disposes of the old state and the gradients.
 *
 * @returns the new state
 */
export function optimize(state: OptimizerState, gradients: NetworkTensors, size: StepSize): OptimizerState {
  const step = state.step + 1;
  const rate = size.learningRate * Math.sqrt(1 - SQUARE_DECAY ** step) / (1 - MEAN_DECAY ** step);
  // A young average must not remember the random beginning.
  const averageDecay = Math.min(size.averageDecay, (1 + step) / (10 + step));
  const updated = tidy(() => {
    const scale = clipScale(gradients);
    return PARAMETER_NAMES.flatMap((name) => {
      const weight = state.weights[name];
      const gradient: Tensor2D = mul(gradients[name], scale);
      const mean = blend(state.means[name], gradient, MEAN_DECAY);
      const squareMean = blend(state.squares[name], square(gradient) as Tensor2D, SQUARE_DECAY);
      const kept = weight.shape[0] === 1 ? 1 : 1 - size.learningRate * size.weightDecay;
      const next = sub(mul(weight, kept), mul(div(mean, add(sqrt(squareMean), EPSILON)), rate)) as Tensor2D;
      return [next, blend(state.averages[name], next, averageDecay), mean, squareMean];
    });
  });
  for (const tensor of updated) keep(tensor);
  disposeOptimizer(state);
  disposeAll(gradients);
  const part = (offset: number): PerParameter<Tensor2D> =>
    perParameter((name) => updated[PARAMETER_NAMES.indexOf(name) * 4 + offset] as Tensor2D);
  return { step, weights: part(0), averages: part(1), means: part(2), squares: part(3) };
}

function blend(old: Tensor2D, fresh: Tensor2D, decay: number): Tensor2D {
  return add(mul(old, decay), mul(fresh, 1 - decay));
}

/** What to multiply all gradients by, so that their joint norm is at most {@link GRADIENT_NORM_MAX}. */
function clipScale(gradients: NetworkTensors): Scalar {
  const squares = PARAMETER_NAMES.map((name) => sum(square(gradients[name])));
  return minimum(1, div(GRADIENT_NORM_MAX, add(sqrt(addN(squares)), EPSILON)));
}

export function disposeOptimizer(state: OptimizerState): void {
  for (const tensors of [state.weights, state.averages, state.means, state.squares]) disposeAll(tensors);
}

function disposeAll(tensors: NetworkTensors): void {
  for (const name of PARAMETER_NAMES) tensors[name].dispose();
}
