/** The sizes of the knowledge network and the shapes of its parameters that follow from them. */

export interface NetworkSize {
  /** Numbers that describe one learner before one item. */
  readonly features: number;
  /** Numbers of a learner's hidden state. */
  readonly hidden: number;
  /** Units of the scoring layer. */
  readonly head: number;
}

/** Rows and columns. */
export type MatrixShape = readonly [rows: number, columns: number];

/**
 * Every parameter by name, in the order of the weight file.
 *
 * - `shortcut`: the linear term of the logit, beside the Elo logit
 * - `head`: the scoring layer over features and hidden state
 * - `answer`: how an answer enters the recurrence; `signed` meets the features times +1 (right) or -1 (wrong)
 * - `reset`, `keep`, `candidate`: the gates of the recurrent unit
 */
export function parameterShapes({ features, hidden, head }: NetworkSize) {
  return {
    shortcutFeatures: [features, 1],
    shortcutBias: [1, 1],
    headFeatures: [features, head],
    headHidden: [hidden, head],
    headBias: [1, head],
    headOut: [head, 1],
    answerFeatures: [features, hidden],
    answerSigned: [features, hidden],
    answerSign: [1, hidden],
    answerBias: [1, hidden],
    resetInput: [hidden, hidden],
    resetHidden: [hidden, hidden],
    resetBias: [1, hidden],
    keepInput: [hidden, hidden],
    keepHidden: [hidden, hidden],
    keepBias: [1, hidden],
    candidateInput: [hidden, hidden],
    candidateHidden: [hidden, hidden],
    candidateBias: [1, hidden],
    candidateHiddenBias: [1, hidden],
  } satisfies Record<string, MatrixShape>;
}

export type ParameterName = keyof ReturnType<typeof parameterShapes>;

/** One value for each parameter of the network. */
export type PerParameter<Value> = Readonly<Record<ParameterName, Value>>;

/** The names in the order of the weight file. */
export const PARAMETER_NAMES = Object.keys(
  parameterShapes({ features: 1, hidden: 1, head: 1 }),
) as readonly ParameterName[];

/** Builds a value for each parameter, in the order of the weight file. */
export function perParameter<Value>(build: (name: ParameterName) => Value): PerParameter<Value> {
  return Object.fromEntries(PARAMETER_NAMES.map((name) => [name, build(name)])) as PerParameter<Value>;
}

/** How many numbers a shape holds. */
export function elementCount([rows, columns]: MatrixShape): number {
  return rows * columns;
}
