/** Plays recorded sequences through the model as a live class would: score, then learn the answer, many learners at once. */
import type { AnswerSequence } from "../knowledge/answer_sequence.ts";
import type { KnowledgeModel } from "../knowledge/knowledge_model.ts";

/** Learners in one pass; more would not make a pass cheaper for each. */
const LANES_MAX = 256;

/** Row `answer` of each sequence, one after another; all are long enough. */
function rowsAt(sequences: readonly AnswerSequence[], answer: number, width: number): Float32Array {
  const rows = new Float32Array(sequences.length * width);
  sequences.forEach(({ features }, lane) => {
    rows.set(features.subarray(answer * width, (answer + 1) * width), lane * width);
  });
  return rows;
}

/** Scores the sequences of one pass, longest first, so that those still running are always the first lanes. */
async function scoreLanes(model: KnowledgeModel, sequences: readonly AnswerSequence[]): Promise<Float64Array[]> {
  const { features: width, hidden: states } = model.size;
  const scores = sequences.map(({ correct }) => new Float64Array(correct.length));
  const answersMax = sequences[0]?.correct.length ?? 0;
  let hidden = new Float32Array(sequences.length * states);
  let running = sequences.length;
  for (let answer = 0; answer < answersMax; answer++) {
    while ((sequences[running - 1]?.correct.length ?? Infinity) <= answer) running--;
    const active = sequences.slice(0, running);
    hidden = hidden.slice(0, running * states);
    const features = rowsAt(active, answer, width);
    const logits = await model.score(active.map(({ eloLogits }, lane) => ({
      hidden: hidden.subarray(lane * states, (lane + 1) * states),
      features: features.subarray(lane * width, (lane + 1) * width),
      eloLogits: eloLogits.subarray(answer, answer + 1),
    })));
    logits.forEach(([logit = NaN], lane) => scores[lane]?.fill(logit, answer, answer + 1));
    const correct = Uint8Array.from(active, (sequence) => sequence.correct[answer] ?? 0);
    hidden = Float32Array.from(await model.step({ features, correct, hidden }));
  }
  return scores;
}

/** Log-odds of every answer before it was known, one array a sequence, same order. */
export async function scoreSequences(
  model: KnowledgeModel,
  sequences: readonly AnswerSequence[],
): Promise<Float64Array[]> {
  const longestFirst = [...sequences.entries()].sort(([, a], [, b]) => b.correct.length - a.correct.length);
  const scores: Float64Array[] = sequences.map(() => new Float64Array(0));
  for (let from = 0; from < longestFirst.length; from += LANES_MAX) {
    const lanes = longestFirst.slice(from, from + LANES_MAX);
    const scored = await scoreLanes(model, lanes.map(([, sequence]) => sequence));
    lanes.forEach(([index], lane) => scores[index] = scored[lane] ?? new Float64Array(0));
  }
  return scores;
}
