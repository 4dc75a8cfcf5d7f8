/** The results of an evaluation, as one JSON object or as a table to read. */
import { BASELINES } from "./baselines.ts";
import type { Estimate } from "./confidence.ts";
import {
  type EvaluationPlan,
  type FoldMetrics,
  MEASURED,
  type Measured,
  rowsOf,
  summarise,
  type Summary,
} from "./evaluation.ts";

/** What was evaluated. */
export interface Subject {
  readonly data: string;
  readonly model: string;
  readonly plan: EvaluationPlan;
  /** As `learnersMet` tells. */
  readonly trainedOn: readonly string[];
}

const NAMES: { readonly [measured in Measured]: string } = {
  model: "knowledge model",
  item_mean: "item mean",
  elo: "Elo",
  logistic_regression: "logistic regression",
};

function plainMetrics({ auc, logLoss, accuracy, ece }: Summary) {
  return {
    auc: auc.mean,
    auc_margin: auc.margin,
    auc_folds: auc.folds,
    log_loss: logLoss.mean,
    log_loss_margin: logLoss.margin,
    accuracy: accuracy.mean,
    accuracy_margin: accuracy.margin,
    ece: ece.mean,
    ece_margin: ece.margin,
  };
}

/**
 * Means over folds; each `…_margin` is half the width of the 95% interval, null for a single fold. `auc_folds` says how
 * many folds have an AUC. `trained_on` names the training sets whose learners may be among those that were scored.
 */
export function reportJson({ data, model, plan, trainedOn }: Subject, folds: readonly FoldMetrics[]): string {
  const baselines = BASELINES.map((baseline) => [baseline, plainMetrics(summarise(folds, baseline))]);
  return JSON.stringify({
    data,
    model,
    mode: plan.mode,
    folds: plan.folds,
    seed: plan.seed,
    trained_on: trainedOn,
    rows: rowsOf(folds),
    ...plainMetrics(summarise(folds, "model")),
    baselines: Object.fromEntries(baselines),
  });
}

function cell({ mean, margin }: Estimate): string {
  return `${mean === null ? "none" : mean.toFixed(4)}${margin === null ? "" : ` ±${margin.toFixed(4)}`}`.padEnd(16);
}

export function reportTable({ data, model, plan }: Subject, folds: readonly FoldMetrics[]): string {
  const over = plan.folds === 1 ? "the held-out fifth" : `${plan.folds} folds, 95% intervals`;
  const head = `${data}, ${plan.mode}, ${rowsOf(folds)} answers, ${over}; weights ${model}`;
  const titles = `${"".padEnd(20)}${["AUC", "log loss", "accuracy", "calibration"].map((t) => t.padEnd(16)).join("")}`;
  const rows = MEASURED.map((measured) => {
    const { auc, logLoss, accuracy, ece } = summarise(folds, measured);
    return `${NAMES[measured].padEnd(20)}${[auc, logLoss, accuracy, ece].map(cell).join("")}`;
  });
  const { auc } = summarise(folds, "model");
  const partly = auc.folds === plan.folds
    ? []
    : [`AUC over ${auc.folds} of ${plan.folds} folds: the rest are all alike`];
  return [head, titles, ...rows, ...partly].map((line) => line.trimEnd()).join("\n");
}
