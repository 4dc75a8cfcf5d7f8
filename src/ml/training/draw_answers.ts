/** Chooses which learners an epoch trains on, so that no data set drowns the others. */
import type { AnswerSequence } from "../knowledge/answer_sequence.ts";
import { shuffled } from "./split_learners.ts";

/** Learners that are drawn from together. */
export interface Source {
  readonly name: string;
  readonly training: readonly AnswerSequence[];
  readonly validation: readonly AnswerSequence[];
}

/** Primes keep the shuffles of sources, passes and epochs apart. */
const PASS_STRIDE = 7919;
const SOURCE_STRIDE = 104_729;

/**
 * The sequences of epoch `epoch`, about `answers` answers in all. Each source gives in proportion to the square root of
 * its size, and goes on in its own shuffled round where the epoch before left off: small sources come around more often,
 * large ones are not seen whole in an epoch.
 */
export function drawEpoch(sources: readonly Source[], answers: number, seed: number, epoch: number): AnswerSequence[] {
  const roots = sources.map((source) => Math.sqrt(answersOf(source.training)));
  const total = roots.reduce((sum, root) => sum + root, 0);
  const drawn = sources.flatMap((source, index) => {
    const quota = Math.round(answers * (roots[index] ?? 0) / total);
    return window(source, seed + SOURCE_STRIDE * index, epoch * quota, (epoch + 1) * quota);
  });
  return shuffled(drawn, seed + epoch);
}

/** The sequences that begin between two places of an endless row of shuffled rounds. */
function window(source: Source, seed: number, from: number, to: number): AnswerSequence[] {
  const chosen: AnswerSequence[] = [];
  if (answersOf(source.training) === 0) return chosen;
  let at = 0;
  for (let pass = 0; at < to; pass += 1) {
    for (const sequence of shuffled(source.training, seed + PASS_STRIDE * pass)) {
      if (at >= from && at < to) chosen.push(sequence);
      at += sequence.correct.length;
    }
  }
  return chosen;
}

export function answersOf(sequences: readonly AnswerSequence[]): number {
  return sequences.reduce((sum, sequence) => sum + sequence.correct.length, 0);
}
