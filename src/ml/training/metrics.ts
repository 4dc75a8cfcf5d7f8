/** How good predicted probabilities of right answers are. */

/** Predictions with their outcomes, row by row. */
export interface Scored {
  /** Log-odds of a right answer; more is likelier. */
  readonly logits: Float64Array;
  /** 1 where the answer was right, else 0. */
  readonly correct: Uint8Array;
}

export interface Metrics {
  /** Chance that a right answer was rated above a wrong one, ties half; NaN when all answers are alike. */
  readonly auc: number;
  /** Mean of -log(probability of what happened), in nats. */
  readonly logLoss: number;
  /** Share of answers on the side of 1/2 that was predicted. */
  readonly accuracy: number;
  /** Mean gap between predicted and seen rates over {@link CALIBRATION_BINS} equal bins, weighted by answers. */
  readonly ece: number;
  readonly rows: number;
}

const CALIBRATION_BINS = 15;

/**
 * Exact area under the ROC curve by ranks, ties counted half (Mann and Whitney 1947):
 * `(sum of ranks of right answers - r (r + 1) / 2) / (r w)`.
 */
export function areaUnderCurve({ logits, correct }: Scored): number {
  const order = new Uint32Array(logits.length).map((_, row) => row).sort((a, b) => (logits[a] ?? 0) - (logits[b] ?? 0));
  let right = 0;
  let rankSum = 0;
  let from = 0;
  while (from < order.length) {
    const value = logits[order[from] ?? 0];
    let to = from;
    while (to < order.length && logits[order[to] ?? 0] === value) to++;
    const rank = (from + to + 1) / 2;
    for (let place = from; place < to; place++) {
      if (correct[order[place] ?? 0] === 1) {
        right++;
        rankSum += rank;
      }
    }
    from = to;
  }
  return (rankSum - (right * (right + 1)) / 2) / (right * (order.length - right));
}

/** `log(1 + e^x)` without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** Expected calibration error (Naeini et al., AAAI 2015). */
export function calibrationError({ logits, correct }: Scored): number {
  const gaps = new Float64Array(CALIBRATION_BINS);
  logits.forEach((logit, row) => {
    const probability = 1 / (1 + Math.exp(-logit));
    const bin = Math.min(CALIBRATION_BINS - 1, Math.floor(probability * CALIBRATION_BINS));
    gaps[bin] = (gaps[bin] ?? 0) + probability - (correct[row] ?? 0);
  });
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / logits.length;
}

export function measure(scored: Scored): Metrics {
  const { logits, correct } = scored;
  let loss = 0;
  let hits = 0;
  logits.forEach((logit, row) => {
    const right = correct[row] === 1;
    loss += softplus(right ? -logit : logit);
    if (logit >= 0 === right) hits++;
  });
  return {
    auc: areaUnderCurve(scored),
    logLoss: loss / logits.length,
    accuracy: hits / logits.length,
    ece: calibrationError(scored),
    rows: logits.length,
  };
}
