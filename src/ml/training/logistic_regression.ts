/** Sparse logistic regression by Adagrad, fitted to training learners or along a stream. */
import { randomFrom } from "../../domain/random.ts";
import { SHARED_COLUMNS, type SparseRows } from "./logistic_rows.ts";
import { areaUnderCurve } from "./metrics.ts";

const LEARNING_RATE = 0.15;
const GRADIENT_SQUARE_MIN = 1e-6;
const EPOCHS = 6;
/** Pull of the weights of single items and skills towards 0, per step; the best on validation is kept. */
const PULLS = [1.5e-4, 1.5e-3, 1e-2] as const;
/** A stream leaves nothing to choose a pull on; this one is the middle. */
const STREAM_PULL = 1.5e-3;
const SAMPLING_SEED = 7;

class AdagradWeights {
  readonly #weights: Float64Array;
  readonly #squares: Float64Array;
  readonly #pull: number;

  constructor(columns: number, pull: number) {
    this.#weights = new Float64Array(columns);
    this.#squares = new Float64Array(columns).fill(GRADIENT_SQUARE_MIN);
    this.#pull = pull;
  }

  logit({ starts, columns, values }: SparseRows, row: number): number {
    let logit = 0;
    const end = starts[row + 1] ?? 0;
    for (let entry = starts[row] ?? 0; entry < end; entry++) {
      logit += (this.#weights[columns[entry] ?? 0] ?? 0) * (values[entry] ?? 0);
    }
    return logit;
  }

  /** One step of Adagrad (Duchi, Hazan and Singer, JMLR 2011) on one row. */
  learn(data: SparseRows, row: number): void {
    const { starts, columns, values, correct } = data;
    const error = 1 / (1 + Math.exp(-this.logit(data, row))) - (correct[row] ?? 0);
    const end = starts[row + 1] ?? 0;
    for (let entry = starts[row] ?? 0; entry < end; entry++) {
      const column = columns[entry] ?? 0;
      const weight = this.#weights[column] ?? 0;
      const gradient = error * (values[entry] ?? 0) + (column < SHARED_COLUMNS ? 0 : this.#pull * weight);
      const square = (this.#squares[column] ?? 0) + gradient * gradient;
      this.#squares[column] = square;
      this.#weights[column] = weight - (LEARNING_RATE * gradient) / Math.sqrt(square);
    }
  }

  logits(data: SparseRows): Float64Array {
    return Float64Array.from({ length: data.rows }, (_, row) => this.logit(data, row));
  }
}

/** The learners who are not in the test: `training` and `validation`, and both together as `known`. */
export interface KnownRows {
  readonly training: SparseRows;
  readonly validation: SparseRows;
  readonly known: SparseRows;
}

/** Weights after each pass over as many rows as there are, drawn at random. */
function* fitting(columns: number, rows: SparseRows, pull: number): Generator<AdagradWeights> {
  const weights = new AdagradWeights(columns, pull);
  const random = randomFrom(SAMPLING_SEED);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (let step = 0; step < rows.rows; step++) weights.learn(rows, Math.floor(random() * rows.rows));
    yield weights;
  }
}

/** The pull and number of passes that do best on `validation` when fitted to `training`. */
function choosePasses(columns: number, { training, validation }: KnownRows) {
  let best = { auc: -Infinity, pull: STREAM_PULL, passes: EPOCHS };
  for (const pull of PULLS) {
    let passes = 0;
    for (const weights of fitting(columns, training, pull)) {
      passes += 1;
      const auc = areaUnderCurve({ logits: weights.logits(validation), correct: validation.correct });
      if (auc > best.auc) best = { auc, pull, passes };
    }
  }
  return best;
}

/**
 * Log-odds for the rows of `test` after fitting all known rows, the same learners that warm statistics come from; pull
 * and number of passes are chosen on the validation learners first.
 */
export function fittedLogits(columns: number, rows: KnownRows, test: SparseRows): Float64Array {
  const { pull, passes } = choosePasses(columns, rows);
  const last = fitting(columns, rows.known, pull).take(passes).reduce((_, weights) => weights);
  return last.logits(test);
}

/** Log-odds for each row of a stream, given by weights that have learnt the rows before it and no other. */
export function streamedLogits(columns: number, stream: SparseRows): Float64Array {
  const weights = new AdagradWeights(columns, STREAM_PULL);
  const logits = new Float64Array(stream.rows);
  for (let row = 0; row < stream.rows; row++) {
    logits[row] = weights.logit(stream, row);
    weights.learn(stream, row);
  }
  return logits;
}
