/**
 * Evaluates the knowledge model on a recorded data set. Run:
 * deno task eval:knowledge --data FILE.csv.gz --mode warm|cold [--folds 5] [--seed 42] [--model DIR] [--json]
 */
import { KnowledgeModelError } from "../src/ml/knowledge/knowledge_manifest.ts";
import { KnowledgeProofError } from "../src/ml/knowledge/warm_up_proof.ts";
import { AnswerLogError } from "../src/ml/training/answer_log_error.ts";
import { evaluateModel } from "../src/ml/training/evaluate_model.ts";
import { readEvaluationOptions, UsageError } from "../src/ml/training/evaluation_options.ts";

/** What the one who typed the command can put right. */
const MISTAKES = [UsageError, AnswerLogError, KnowledgeModelError, KnowledgeProofError] as const;

try {
  console.log(await evaluateModel(readEvaluationOptions(Deno.args), (line) => console.error(line)));
} catch (error) {
  const mistake = MISTAKES.find((kind) => error instanceof kind);
  if (mistake === undefined || !(error instanceof Error)) throw error;
  console.error(error.message);
  Deno.exit(2);
}
