/** Scores a model and the baselines on learners that neither they nor the statistics have met. */
import type { KnowledgeModel } from "../knowledge/knowledge_model.ts";
import { AnswerLogError } from "./answer_log_error.ts";
import { type Baseline, baselineLogits, BASELINES } from "./baselines.ts";
import { type Estimate, estimate } from "./confidence.ts";
import { auditLeaks } from "./leak_audit.ts";
import { measure, type Metrics } from "./metrics.ts";
import { prepareSequences, prepareTest, type StatisticsMode } from "./prepare_sequences.ts";
import type { AnswerLog } from "./read_answers.ts";
import { scoreSequences } from "./score_sequences.ts";
import { splitLearners } from "./split_learners.ts";

export interface EvaluationPlan {
  readonly mode: StatisticsMode;
  /** Each learner is in the test of one; 1 stands for fold 0 of 5, the one that training under `seed` holds out. */
  readonly folds: number;
  readonly seed: number;
}

export type Measured = "model" | Baseline;
export type FoldMetrics = { readonly [measured in Measured]: Metrics };

const HOLD_OUT_FOLDS = 5;

export type Summary = { readonly [metric in Exclude<keyof Metrics, "rows">]: Estimate };

function concatenated(arrays: readonly Float64Array[]): Float64Array {
  return Float64Array.from(arrays.flatMap((array) => [...array]));
}

async function evaluateFold(
  log: AnswerLog,
  model: KnowledgeModel,
  plan: EvaluationPlan,
  fold: number,
): Promise<FoldMetrics> {
  const split = splitLearners(log.learners, plan.seed, fold, plan.folds === 1 ? HOLD_OUT_FOLDS : plan.folds);
  if (fold === 0) auditLeaks(prepareSequences, split, plan.mode);
  const sequences = prepareTest(split, plan.mode);
  const correct = Uint8Array.from(sequences.flatMap((sequence) => [...sequence.correct]));
  const baselines = baselineLogits(split, sequences, plan.mode, log);
  const measureBaseline = (baseline: Baseline) => measure({ logits: baselines[baseline], correct });
  return {
    model: measure({ logits: concatenated(await scoreSequences(model, sequences)), correct }),
    item_mean: measureBaseline("item_mean"),
    elo: measureBaseline("elo"),
    logistic_regression: measureBaseline("logistic_regression"),
  };
}

/**
 * The metrics of every fold, one after another as they are done.
 * @throws AnswerLogError when there are fewer learners than folds
 * @throws LeakError when the preparation lets features see what they must predict
 */
export async function* evaluateFolds(
  log: AnswerLog,
  model: KnowledgeModel,
  plan: EvaluationPlan,
): AsyncGenerator<FoldMetrics> {
  const learnersMin = Math.max(plan.folds, HOLD_OUT_FOLDS);
  if (log.learners.length < learnersMin) {
    throw new AnswerLogError(`${log.name} has ${log.learners.length} learners; the evaluation needs ${learnersMin}.`);
  }
  for (let fold = 0; fold < plan.folds; fold++) yield await evaluateFold(log, model, plan, fold);
}

/** Means over the folds with their 95% intervals. */
export function summarise(folds: readonly FoldMetrics[], measured: Measured): Summary {
  const over = (metric: keyof Summary) => estimate(folds.map((fold) => fold[measured][metric]));
  return { auc: over("auc"), logLoss: over("logLoss"), accuracy: over("accuracy"), ece: over("ece") };
}

/** How many answers were scored over all folds. */
export function rowsOf(folds: readonly FoldMetrics[]): number {
  return folds.reduce((sum, { model }) => sum + model.rows, 0);
}

export const MEASURED: readonly Measured[] = ["model", ...BASELINES];
