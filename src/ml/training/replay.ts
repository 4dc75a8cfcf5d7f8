/** Replays learners through the network: the logit of every answer, each computed before that answer was known. */
import { type Tensor2D, tidy, zeros } from "@tensorflow/tfjs-core";
import type { AnswerSequence } from "../knowledge/answer_sequence.ts";
import type { NetworkTensors } from "../knowledge/network.ts";
import type { NetworkSize } from "../knowledge/network_size.ts";
import { takeNumbers } from "../knowledge/take_numbers.ts";
import { type AnswerChunk, dealChunks } from "./answer_lanes.ts";
import { chunkForward, chunkTensors, disposeChunk } from "./chunk_forward.ts";

const STEPS = 64;
const LANES_MAX = 64;

/** One array of logits for each sequence, in the order given. */
export async function replay(
  weights: NetworkTensors,
  size: NetworkSize,
  sequences: readonly AnswerSequence[],
): Promise<readonly Float32Array[]> {
  const logitsOf = new Map(sequences.map((sequence) => [sequence, new Float32Array(sequence.correct.length)]));
  // The longest first, so that the lanes run dry at about the same time.
  const dealt = [...sequences].sort((a, b) => b.correct.length - a.correct.length);
  const shape = { steps: STEPS, lanes: Math.max(1, Math.min(LANES_MAX, dealt.length)), features: size.features };
  let first: Tensor2D = zeros([shape.lanes, size.hidden]);
  for (const chunk of dealChunks(dealt, shape)) {
    const tensors = chunkTensors(chunk, shape);
    const { logits, last } = tidy(() => ({ ...chunkForward(weights, tensors, first) }));
    first.dispose();
    disposeChunk(tensors);
    first = last;
    placeLogits(chunk, await takeNumbers(logits), dealt, logitsOf);
  }
  first.dispose();
  return sequences.flatMap((sequence) => logitsOf.get(sequence) ?? []);
}

function placeLogits(
  chunk: AnswerChunk,
  logits: Float32Array,
  dealt: readonly AnswerSequence[],
  logitsOf: ReadonlyMap<AnswerSequence, Float32Array>,
): void {
  for (const [row, sequenceNumber] of chunk.sequences.entries()) {
    const sequence = dealt[sequenceNumber];
    const [answer, logit] = [chunk.answers[row], logits[row]];
    if (sequence === undefined || answer === undefined || logit === undefined) continue;
    logitsOf.get(sequence)?.set([logit], answer);
  }
}
