/** The recurrence over many steps at once, with back-propagation through time written out as tensor operations. */
import { add, concat, customGrad, mul, square, sub, type Tensor, type Tensor2D, tidy } from "@tensorflow/tfjs-core";
import { type GateInputs, type RecurrentStep, recurrentStep, type RecurrentWeights } from "../knowledge/network.ts";
import { columnSums, productWithTransposed, transposedProduct } from "./gradients.ts";
import { splitSteps } from "./split_steps.ts";

/** What a step leaves for its gradient; `[lanes, hidden]` each. */
interface Trace extends Omit<RecurrentStep, "next"> {
  /** The hidden state that the step began with. */
  readonly before: Tensor2D;
}

type Save = (tensors: Tensor[]) => void;

/**
 * Runs the gated unit of `network.ts` over a chunk. The tape's own way, a gradient for each small operation of each
 * step, would spend most of its time on bookkeeping; here a step costs a few operations and the gradient of every
 * matrix is taken once, over all steps together.
 *
 * @param inputs {@link GateInputs} of all answers, time-major: `[steps * lanes, hidden]` each
 * @param carried per step `[lanes, 1]`: 0 where a learner's first answer stands, else 1
 * @param first the hidden state that the chunk begins with, `[lanes, hidden]`; no gradient reaches it
 * @returns the hidden states before each answer and, last, after the final one: `[(steps + 1) * lanes, hidden]`
 */
export function runRecurrence(
  weights: RecurrentWeights,
  inputs: GateInputs,
  carried: readonly Tensor2D[],
  first: Tensor2D,
): Tensor2D {
  const run = customGrad((...args: (Tensor | Save)[]) => {
    // The engine appends `save` to the arguments.
    const save = args.at(-1) as Save;
    const { traces, last } = forward(weights, inputs, carried, first);
    save(traces.flatMap((trace) => [trace.reset, trace.keep, trace.candidate, trace.recalled, trace.before]));
    return {
      value: concat([...traces.map((trace) => trace.before), last], 0),
      gradFunc: (upstream: Tensor, saved: Tensor[]) =>
        tidy(() => backward(weights, tracesOf(saved as Tensor2D[]), carried, upstream as Tensor2D)),
    };
  });
  const { resetHidden, keepHidden, candidateHidden, candidateHiddenBias } = weights;
  return run(
    ...[inputs.reset, inputs.keep, inputs.candidate],
    ...[resetHidden, keepHidden, candidateHidden, candidateHiddenBias],
  ) as Tensor2D;
}

function forward(
  weights: RecurrentWeights,
  inputs: GateInputs,
  carried: readonly Tensor2D[],
  first: Tensor2D,
): { traces: Trace[]; last: Tensor2D } {
  const steps = carried.length;
  const resets = splitSteps(inputs.reset, steps);
  const keeps = splitSteps(inputs.keep, steps);
  const candidates = splitSteps(inputs.candidate, steps);
  const traces: Trace[] = [];
  let last = first;
  for (const [step, carry] of carried.entries()) {
    const before: Tensor2D = mul(last, carry);
    const [reset, keep, candidate] = [resets[step], keeps[step], candidates[step]] as [Tensor2D, Tensor2D, Tensor2D];
    const done = recurrentStep(weights, { reset, keep, candidate }, before);
    traces.push({ ...done, before });
    last = done.next;
  }
  return { traces, last };
}

function tracesOf(saved: readonly Tensor2D[]): Trace[] {
  return Array.from({ length: saved.length / 5 }, (_, step) => {
    const [reset, keep, candidate, recalled, before] = saved.slice(step * 5, step * 5 + 5) as [
      Tensor2D,
      Tensor2D,
      Tensor2D,
      Tensor2D,
      Tensor2D,
    ];
    return { reset, keep, candidate, recalled, before };
  });
}

/** Gradients of one step's four sums: reset, keep and candidate gates, and the recalled part. */
interface StepGradient {
  readonly reset: Tensor2D;
  readonly keep: Tensor2D;
  readonly candidate: Tensor2D;
  readonly recalled: Tensor2D;
}

/** The gradients of `run`'s arguments, in their order. */
function backward(
  weights: RecurrentWeights,
  traces: readonly Trace[],
  carried: readonly Tensor2D[],
  upstream: Tensor2D,
): Tensor2D[] {
  const steps = traces.length;
  const upstreams = splitSteps(upstream, steps + 1) as [Tensor2D, ...Tensor2D[]];
  const gradients: StepGradient[] = [];
  let ofNext = upstreams[steps] ?? upstreams[0];
  for (let step = steps - 1; step >= 0; step -= 1) {
    const [trace, carry, direct] = [traces[step], carried[step], upstreams[step]] as [Trace, Tensor2D, Tensor2D];
    const { sums, ofBefore } = stepBackward(weights, trace, ofNext, { carry, direct });
    gradients.unshift(sums);
    ofNext = ofBefore;
  }
  const all = (part: keyof StepGradient) => concat(gradients.map((gradient) => gradient[part]), 0);
  const before = concat(traces.map((trace) => trace.before), 0);
  const [reset, keep, candidate, recalled] = [all("reset"), all("keep"), all("candidate"), all("recalled")];
  return [
    ...[reset, keep, candidate],
    ...[reset, keep, recalled].map((sums) => transposedProduct(before, sums)),
    columnSums(recalled),
  ];
}

/**
 * One step back, with `h' = c + k ∘ (h - c)`, `c = tanh(ac + r ∘ u)`, `u = h Uc + b`.
 *
 * @param ofNext the gradient of the state after the step
 * @param edge whether the state was carried over, and the gradient that reaches the state before the step directly
 */
function stepBackward(
  weights: RecurrentWeights,
  trace: Trace,
  ofNext: Tensor2D,
  edge: { readonly carry: Tensor2D; readonly direct: Tensor2D },
): { sums: StepGradient; ofBefore: Tensor2D } {
  const { reset, keep, candidate: c, recalled: u, before: h } = trace;
  const throughKeep = mul(ofNext, keep);
  const keepSum = mul(mul(throughKeep, sub(1, keep)), sub(h, c)) as Tensor2D;
  const candidateSum = mul(sub(ofNext, throughKeep), sub(1, square(c))) as Tensor2D;
  const ofRecalled = mul(candidateSum, reset) as Tensor2D;
  const resetSum = mul(mul(ofRecalled, sub(1, reset)), u) as Tensor2D;
  const throughGates = add(
    add(productWithTransposed(resetSum, weights.resetHidden), productWithTransposed(keepSum, weights.keepHidden)),
    productWithTransposed(ofRecalled, weights.candidateHidden),
  );
  const ofBefore = mul(add(add(edge.direct, throughKeep), throughGates), edge.carry) as Tensor2D;
  return { sums: { reset: resetSum, keep: keepSum, candidate: candidateSum, recalled: ofRecalled }, ofBefore };
}
