/** The knowledge network: how an answer moves a learner's hidden state, and what logit a candidate item gets. */
import {
  add,
  clipByValue,
  matMul,
  mul,
  reshape,
  sigmoid,
  sub,
  type Tensor2D,
  type Tensor3D,
  tidy,
} from "@tensorflow/tfjs-core";
import type { PerParameter } from "./network_size.ts";

export type NetworkTensors = PerParameter<Tensor2D>;

/** Features beyond this are cut off: a count or ratio far outside what training saw must not run away with the logit. */
const FEATURE_MAX = 6;
/** `GELU(x) ≈ x · sigmoid(1.702 x)` (Hendrycks and Gimpel, 2016). */
const GELU_SLOPE = 1.702;

/** Features as the network takes them in, `[rows, features]`. */
export function boundFeatures(features: Tensor2D): Tensor2D {
  return clipByValue(features, -FEATURE_MAX, FEATURE_MAX);
}

/** `tanh x = 2 sigmoid(2x) - 1`: the WASM backend has sigmoid vectorised and tanh not, eight times slower. */
export function tanhBySigmoid(x: Tensor2D): Tensor2D {
  return sub(mul(sigmoid(mul(x, 2)), 2), 1);
}

/**
 * An answer as it enters the recurrence: `tanh(W [x, x·s, s] + b)`, with W in three parts.
 *
 * @param features `[rows, features]`, bounded
 * @param signs `[rows, 1]`: +1 for a right answer, -1 for a wrong one
 * @returns `[rows, hidden]`
 */
export function encodeAnswer(weights: NetworkTensors, features: Tensor2D, signs: Tensor2D): Tensor2D {
  const signed = affine(features, weights.answerSigned, weights.answerSign);
  const plain = affine(features, weights.answerFeatures, weights.answerBias);
  return tanhBySigmoid(add(plain, mul(signed, signs)) as Tensor2D);
}

/** `x W + b`, with `b` one row. */
function affine(x: Tensor2D, w: Tensor2D, b: Tensor2D): Tensor2D {
  return add(matMul(x, w), b);
}

/** What an encoded answer adds to each gate, before the hidden state has its say; `[rows, hidden]` each. */
export interface GateInputs {
  readonly reset: Tensor2D;
  readonly keep: Tensor2D;
  readonly candidate: Tensor2D;
}

export function gateInputs(weights: NetworkTensors, answer: Tensor2D): GateInputs {
  return {
    reset: affine(answer, weights.resetInput, weights.resetBias),
    keep: affine(answer, weights.keepInput, weights.keepBias),
    candidate: affine(answer, weights.candidateInput, weights.candidateBias),
  };
}

/** One step of the recurrence and what its gradient needs; `[lanes, hidden]` each. */
export interface RecurrentStep {
  readonly reset: Tensor2D;
  readonly keep: Tensor2D;
  readonly candidate: Tensor2D;
  /** The hidden state's part of the candidate, before the reset gate. */
  readonly recalled: Tensor2D;
  readonly next: Tensor2D;
}

export type RecurrentWeights = Pick<
  NetworkTensors,
  "resetHidden" | "keepHidden" | "candidateHidden" | "candidateHiddenBias"
>;

/**
 * Gated recurrent unit (Cho et al. 2014, with the reset gate applied after the product as in cuDNN):
 * `r = σ(ar + h Ur)`, `k = σ(ak + h Uk)`, `c = tanh(ac + r ∘ (h Uc + b))`, `h' = c + k ∘ (h - c)`.
 */
export function recurrentStep(weights: RecurrentWeights, inputs: GateInputs, hidden: Tensor2D): RecurrentStep {
  const reset = sigmoid(add(inputs.reset, matMul(hidden, weights.resetHidden))) as Tensor2D;
  const keep = sigmoid(add(inputs.keep, matMul(hidden, weights.keepHidden))) as Tensor2D;
  const recalled = affine(hidden, weights.candidateHidden, weights.candidateHiddenBias);
  const candidate = tanhBySigmoid(add(inputs.candidate, mul(reset, recalled)) as Tensor2D);
  const next = add(candidate, mul(keep, sub(hidden, candidate))) as Tensor2D;
  return { reset, keep, candidate, recalled, next };
}

/** The hidden states after one answer each: `[lanes, hidden]`. */
export function nextHidden(
  weights: NetworkTensors,
  answered: { readonly features: Tensor2D; readonly signs: Tensor2D },
  hidden: Tensor2D,
): Tensor2D {
  return tidy(() => {
    const answer = encodeAnswer(weights, boundFeatures(answered.features), answered.signs);
    return recurrentStep(weights, gateInputs(weights, answer), hidden).next;
  });
}

/** What the hidden state adds to the scoring layer, `[rows, head]`; done once a learner, shared by the candidates. */
export function headOfHidden(weights: NetworkTensors, hidden: Tensor2D): Tensor2D {
  return affine(hidden, weights.headHidden, weights.headBias);
}

/**
 * Logits of success: `elo + w·x + v·GELU(x F + h H + b)`.
 *
 * @param features `[learners * candidates, features]`, bounded
 * @param eloLogits `[learners * candidates, 1]`
 * @param fromHidden {@link headOfHidden}, `[learners, head]`
 * @returns `[learners * candidates, 1]`
 */
export function scoreLogits(
  weights: NetworkTensors,
  features: Tensor2D,
  eloLogits: Tensor2D,
  fromHidden: Tensor2D,
): Tensor2D {
  const [learners, head] = fromHidden.shape;
  const rows = features.shape[0];
  const fromFeatures = reshape(matMul(features, weights.headFeatures), [learners, rows / learners, head]);
  const sum = add(fromFeatures, reshape(fromHidden, [learners, 1, head])) as Tensor3D;
  const active = reshape(mul(sum, sigmoid(mul(sum, GELU_SLOPE))), [rows, head]) as Tensor2D;
  const linear = affine(features, weights.shortcutFeatures, weights.shortcutBias);
  return add(add(eloLogits, linear), matMul(active, weights.headOut)) as Tensor2D;
}
