/**
 * Evaluates the knowledge model on a recorded data set. Run:
 * deno task eval:knowledge --data FILE.csv.gz --mode warm|cold [--folds 5] [--seed 42] [--model DIR] [--json]
 */
import { AnswerLogError } from "../src/ml/training/answer_log_error.ts";
import { evaluateModel } from "../src/ml/training/evaluate_model.ts";
import { readEvaluationOptions, UsageError } from "../src/ml/training/evaluation_options.ts";

try {
  console.log(await evaluateModel(readEvaluationOptions(Deno.args), (line) => console.error(line)));
} catch (error) {
  if (!(error instanceof UsageError || error instanceof AnswerLogError)) throw error;
  console.error(error.message);
  Deno.exit(2);
}
