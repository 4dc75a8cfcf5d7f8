/** An evaluation as asked for on the command line: weights and answers from disk, a report in words or JSON. */
import { planBackends, startBackend } from "../backend.ts";
import { readKnowledgeManifest } from "../knowledge/knowledge_manifest.ts";
import { loadKnowledgeModel } from "../knowledge/load_knowledge_model.ts";
import { sha256Hex } from "../knowledge/weights_file.ts";
import { evaluateFolds, type FoldMetrics } from "./evaluation.ts";
import type { EvaluationOptions } from "./evaluation_options.ts";
import { reportJson, reportTable } from "./evaluation_report.ts";
import { learnersMet } from "./learners_met.ts";
import { readAnswers } from "./read_answers.ts";

/**
 * Evaluates and returns the report.
 * @param note takes a line about the progress, or a warning
 * @throws AnswerLogError when the data do not fit the format
 * @throws KnowledgeModelError when the weights cannot be used
 */
export async function evaluateModel(options: EvaluationOptions, note: (line: string) => void): Promise<string> {
  const { plan, data, model: folder } = options;
  const [backend = "wasm"] = (await planBackends("auto")).order;
  await startBackend(backend);
  const { training } = await readKnowledgeManifest(folder);
  const model = await loadKnowledgeModel(folder);
  const log = await readAnswers(data);
  const file = { name: log.name, sha256: await sha256Hex(await Deno.readFile(data)), ...plan };
  const trainedOn = learnersMet(training, file);
  const heldOut = learnersMet(training, { ...file, folds: 1, seed: training.seed });
  if (trainedOn.length > 0) {
    const split = heldOut.length > 0 ? "no split of this file" : `only --folds 1 --seed ${training.seed}`;
    note(
      `These weights were trained on learners of this file (${trainedOn.join(", ")}): ${split} keeps to unseen ones.`,
    );
  }
  const folds: FoldMetrics[] = [];
  for await (const fold of evaluateFolds(log, model, plan)) {
    folds.push(fold);
    note(`fold ${folds.length} of ${plan.folds}: AUC ${fold.model.auc.toFixed(4)}`);
  }
  const subject = { data: log.name, model: model.id, plan, trainedOn };
  model.close();
  return options.output === "json" ? reportJson(subject, folds) : reportTable(subject, folds);
}
