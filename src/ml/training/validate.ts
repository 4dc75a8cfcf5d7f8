/** How well weights predict learners they were not trained on. */
import type { AnswerSequence } from "../knowledge/answer_sequence.ts";
import type { NetworkTensors } from "../knowledge/network.ts";
import type { NetworkSize } from "../knowledge/network_size.ts";
import type { Source } from "./draw_answers.ts";
import { areaUnderCurve, type Scored } from "./metrics.ts";
import { replay } from "./replay.ts";

/** Every answer with its logit, laid end to end. */
export async function replayScored(
  weights: NetworkTensors,
  size: NetworkSize,
  sequences: readonly AnswerSequence[],
): Promise<Scored> {
  const logits = await replay(weights, size, sequences);
  return {
    logits: Float64Array.from(logits.flatMap((values) => Array.from(values))),
    correct: Uint8Array.from(sequences.flatMap((sequence) => Array.from(sequence.correct))),
  };
}

/** Whether the validation learners gave right answers and wrong ones: without both there is no AUC. */
export function canValidate({ validation }: Source): boolean {
  const outcomes = new Set(validation.flatMap(({ correct }) => [...new Set(correct)]));
  return outcomes.size === 2;
}

/** The validation AUC of each source that {@link canValidate}, by name. */
export async function validate(
  weights: NetworkTensors,
  size: NetworkSize,
  sources: readonly Source[],
): Promise<Readonly<Record<string, number>>> {
  const aucs: Record<string, number> = {};
  for (const source of sources.filter(canValidate)) {
    aucs[source.name] = areaUnderCurve(await replayScored(weights, size, source.validation));
  }
  return aucs;
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The temperature that, dividing all logits, makes the log loss least; each set counts alike. Golden-section search over
 * its logarithm: the loss has one valley.
 */
export function fitTemperature(sets: readonly Scored[]): number {
  const lossAt = (logTemperature: number) => meanOf(sets.map((set) => logLossAt(set, Math.exp(-logTemperature))));
  let [low, high] = [Math.log(1 / 3), Math.log(3)];
  while (high - low > 1e-4) {
    const left = high - GOLDEN * (high - low);
    const right = low + GOLDEN * (high - low);
    if (lossAt(left) < lossAt(right)) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

function logLossAt({ logits, correct }: Scored, scale: number): number {
  let loss = 0;
  for (const [row, logit] of logits.entries()) {
    const margin = (correct[row] === 1 ? logit : -logit) * scale;
    loss += Math.max(-margin, 0) + Math.log1p(Math.exp(-Math.abs(margin)));
  }
  return loss / logits.length;
}
