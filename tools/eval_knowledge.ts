/**
 * Evaluates the knowledge model on a recorded data set. Run:
 * deno task eval:knowledge --data FILE.csv.gz --mode warm|cold [--folds 5] [--seed 42] [--model DIR] [--json]
 */
import { planBackends, startBackend } from "../src/ml/backend.ts";
import { readKnowledgeManifest } from "../src/ml/knowledge/knowledge_manifest.ts";
import { loadKnowledgeModel } from "../src/ml/knowledge/knowledge_model.ts";
import { evaluateFolds, type FoldMetrics } from "../src/ml/training/evaluation.ts";
import { readEvaluationOptions } from "../src/ml/training/evaluation_options.ts";
import { reportJson, reportTable } from "../src/ml/training/evaluation_report.ts";
import { readAnswers } from "../src/ml/training/read_answers.ts";

const options = readEvaluationOptions(Deno.args);
const [backend = "wasm"] = (await planBackends("auto")).order;
await startBackend(backend);
const { training } = await readKnowledgeManifest(options.model);
const model = await loadKnowledgeModel(options.model);
const log = await readAnswers(options.data);
if (training.data.includes(log.name) && (options.plan.folds !== 1 || options.plan.seed !== training.seed)) {
  console.error(
    `These weights were trained on ${log.name}; only --folds 1 --seed ${training.seed} scores learners they have not met.`,
  );
}
const folds: FoldMetrics[] = [];
for await (const fold of evaluateFolds(log, model, options.plan)) {
  folds.push(fold);
  console.error(`fold ${folds.length} of ${options.plan.folds}: AUC ${fold.model.auc.toFixed(4)}`);
}
const subject = { data: log.name, model: model.id, plan: options.plan };
console.log(options.output === "json" ? reportJson(subject, folds) : reportTable(subject, folds));
