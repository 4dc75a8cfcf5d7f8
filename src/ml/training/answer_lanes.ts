/** Lays learners' answers onto lanes, one learner after another, and deals them out in chunks of equal shape. */
import type { AnswerSequence } from "../knowledge/answer_sequence.ts";

/** How many answers go through the network at once. */
export interface ChunkShape {
  /** Answers of one lane in a chunk: how far back a gradient reaches. */
  readonly steps: number;
  /** Learners side by side. */
  readonly lanes: number;
  readonly features: number;
}

/** `steps x lanes` answers, time-major: row `step * lanes + lane`. */
export interface AnswerChunk {
  readonly features: Float32Array;
  readonly eloLogits: Float32Array;
  /** 1 right, 0 wrong. */
  readonly correct: Float32Array;
  /** 0 where a lane has run dry. */
  readonly weights: Float32Array;
  /** 0 where a learner's first answer stands, and the state of the learner before must be forgotten; else 1. */
  readonly carried: Float32Array;
  /** Which sequence a row came from, by the order they were handed out; -1 where a lane has run dry. */
  readonly sequences: Int32Array;
  /** Which answer of its sequence a row is. */
  readonly answers: Int32Array;
}

interface Lane {
  sequence: AnswerSequence | null;
  sequenceNumber: number;
  nextAnswer: number;
}

/**
 * Chunks of equal shape without padding: when a lane's learner is done, the next begins in the middle of the chunk.
 * Every answer of `sequences` comes out once; the state that a lane ends a chunk with begins its next one.
 */
export function* dealChunks(sequences: Iterable<AnswerSequence>, shape: ChunkShape): Generator<AnswerChunk> {
  const source = sequences[Symbol.iterator]();
  const lanes = Array.from(
    { length: shape.lanes },
    (): Lane => ({ sequence: null, sequenceNumber: -1, nextAnswer: 0 }),
  );
  let handedOut = 0;

  /** Gives an idle lane its next learner; false when there is none. */
  function refill(lane: Lane): boolean {
    while (lane.sequence === null || lane.nextAnswer >= lane.sequence.correct.length) {
      const next = source.next();
      if (next.done === true) {
        lane.sequence = null;
        return false;
      }
      lane.sequence = next.value;
      lane.sequenceNumber = handedOut++;
      lane.nextAnswer = 0;
    }
    return true;
  }

  while (true) {
    const chunk = emptyChunk(shape);
    let filled = 0;
    for (let row = 0; row < shape.steps * shape.lanes; row += 1) {
      const lane = lanes[row % shape.lanes];
      if (lane === undefined || !refill(lane) || lane.sequence === null) continue;
      copyAnswer(lane.sequence, lane.nextAnswer, chunk, row, shape.features);
      chunk.sequences[row] = lane.sequenceNumber;
      lane.nextAnswer += 1;
      filled += 1;
    }
    if (filled === 0) return;
    yield chunk;
  }
}

function emptyChunk({ steps, lanes, features }: ChunkShape): AnswerChunk {
  const rows = steps * lanes;
  return {
    features: new Float32Array(rows * features),
    eloLogits: new Float32Array(rows),
    correct: new Float32Array(rows),
    weights: new Float32Array(rows),
    carried: new Float32Array(rows).fill(1),
    sequences: new Int32Array(rows).fill(-1),
    answers: new Int32Array(rows),
  };
}

function copyAnswer(
  sequence: AnswerSequence,
  answer: number,
  chunk: AnswerChunk,
  row: number,
  features: number,
): void {
  chunk.features.set(sequence.features.subarray(answer * features, (answer + 1) * features), row * features);
  chunk.eloLogits[row] = sequence.eloLogits[answer] ?? 0;
  chunk.correct[row] = sequence.correct[answer] ?? 0;
  chunk.weights[row] = sequence.weight === undefined ? 1 : sequence.weight[answer] ?? 1;
  chunk.carried[row] = answer === 0 ? 0 : 1;
  chunk.answers[row] = answer;
}
