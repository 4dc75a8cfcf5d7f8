/** Small networks and made-up learners for the tests of the knowledge model. */
import { randomFrom } from "../../../src/domain/random.ts";
import type { AnswerSequence } from "../../../src/ml/knowledge/answer_sequence.ts";
import { type NetworkSize, perParameter } from "../../../src/ml/knowledge/network_size.ts";
import type { WeightArrays } from "../../../src/ml/knowledge/weights_file.ts";
import { initialWeights } from "../../../src/ml/training/initial_weights.ts";

export const SMALL: NetworkSize = { features: 5, hidden: 4, head: 6 };

/** Initial weights with noise on what begins at zero, so that every parameter matters. */
export function noisyWeights(size: NetworkSize, seed: number): WeightArrays {
  const random = randomFrom(seed);
  const tensors = initialWeights(size, seed);
  return perParameter((name) => {
    const values = tensors[name].dataSync<"float32">().map((value) => value + 0.2 * (random() - 0.5));
    tensors[name].dispose();
    return values;
  });
}

/** Learners with the given numbers of answers; whether they are right depends on feature 0 and on their last answer. */
export function madeUpLearners(lengths: readonly number[], features: number, seed: number): AnswerSequence[] {
  const random = randomFrom(seed);
  return lengths.map((answers) => {
    const rows = Float32Array.from({ length: answers * features }, () => 2 * random() - 1);
    const correct = new Uint8Array(answers);
    for (let answer = 0; answer < answers; answer += 1) {
      const drift = answer === 0 ? 0 : correct[answer - 1] === 1 ? 1.5 : -1.5;
      const odds = 2 * (rows[answer * features] ?? 0) + drift;
      correct[answer] = random() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
    }
    return { features: rows, eloLogits: Float32Array.from({ length: answers }, () => random() - 0.5), correct };
  });
}
