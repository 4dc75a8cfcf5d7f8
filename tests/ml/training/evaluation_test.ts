/** Evaluation from answers to report, on made-up learners and an untrained network. */
import assert from "node:assert/strict";
import { FEATURES } from "../../../src/domain/adaptive/encode.ts";
import { startBackend } from "../../../src/ml/backend.ts";
import { KnowledgeModel } from "../../../src/ml/knowledge/knowledge_model.ts";
import { AnswerLogError } from "../../../src/ml/training/answer_log_error.ts";
import { evaluateFolds } from "../../../src/ml/training/evaluation.ts";
import { readEvaluationOptions, UsageError } from "../../../src/ml/training/evaluation_options.ts";
import { reportJson, reportTable } from "../../../src/ml/training/evaluation_report.ts";
import { STATISTICS_MODES } from "../../../src/ml/training/prepare_sequences.ts";
import { replay } from "../../../src/ml/training/replay.ts";
import { scoreSequences } from "../../../src/ml/training/score_sequences.ts";
import { splitLearners } from "../../../src/ml/training/split_learners.ts";
import { madeUpLearners as madeUpSequences, noisyWeights, SMALL } from "../knowledge/small_networks.ts";
import { madeUpLearners } from "./recorded_answers.ts";

await startBackend("wasm");

const SEED = 5;
const CATALOGUE = { items: 12, skills: 3 };

function logOf(learners: number) {
  const answers = madeUpLearners(SEED, { learners, answers: 25, ...CATALOGUE });
  return { name: "made_up", learners: answers, rows: learners * 25, ...CATALOGUE, skillSets: CATALOGUE.skills };
}

function openModel(size = { features: FEATURES, hidden: 4, head: 6 }): KnowledgeModel {
  return new KnowledgeModel({ name: "small", version: "1", size, temperature: 1 }, noisyWeights(size, SEED));
}

Deno.test("[N7] sequences of any length, scored many at once, get the logits of a replay in their own order", async () => {
  const model = openModel(SMALL);
  const lengths = [3, 90, 0, 40, 1, 71, ...Array.from({ length: 300 }, (_, index) => index % 7)];
  const sequences = madeUpSequences(lengths, SMALL.features, SEED);
  const replayed = await replay(model.weights, model.size, sequences);
  (await scoreSequences(model, sequences)).forEach((logits, index) => {
    assert.equal(logits.length, lengths[index]);
    logits.forEach((logit, answer) => assert.ok(Math.abs(logit - (replayed[index]?.[answer] ?? NaN)) < 1e-4));
  });
  model.close();
});

for (const mode of STATISTICS_MODES) {
  Deno.test(`[N7] ${mode}, every answer is scored once over the folds, and the report repeats itself`, async () => {
    const model = openModel();
    const plan = { mode, folds: 3, seed: SEED };
    const log = logOf(60);
    const subject = { data: log.name, model: model.id, plan, trainedOn: ["made_up"] };
    const report = async () => reportJson(subject, await Array.fromAsync(evaluateFolds(log, model, plan)));
    const first = await report();
    assert.equal(await report(), first);
    const json = JSON.parse(first);
    assert.equal(json.rows, log.rows);
    assert.deepEqual(json.trained_on, ["made_up"]);
    assert.equal(json.auc_folds, 3);
    for (const metric of ["auc", "log_loss", "accuracy", "ece"]) assert.ok(Number.isFinite(json[metric]), metric);
    for (const baseline of ["item_mean", "elo", "logistic_regression"]) {
      assert.ok(json.baselines[baseline].auc > 0.5, baseline);
    }
    model.close();
  });
}

Deno.test("[N7] one fold is the fifth that training holds out, and has no interval", async () => {
  const model = openModel();
  const plan = { mode: "warm", folds: 1, seed: SEED } as const;
  const log = logOf(50);
  const folds = await Array.fromAsync(evaluateFolds(log, model, plan));
  assert.equal(folds[0]?.model.rows, log.rows / 5);
  assert.doesNotMatch(reportTable({ data: log.name, model: model.id, plan, trainedOn: [] }, folds), /±/);
  model.close();
});

Deno.test("[N7] fewer learners than folds are refused, few are evaluated", async () => {
  const model = openModel();
  const plan = { mode: "warm", folds: 5, seed: SEED } as const;
  await assert.rejects(Array.fromAsync(evaluateFolds(logOf(4), model, plan)), AnswerLogError);
  assert.equal((await Array.fromAsync(evaluateFolds(logOf(5), model, plan))).length, 5);
  model.close();
});

Deno.test("[N7] a fold whose answers are all alike has no AUC; the others' mean stands, and the report says of how many", async () => {
  const model = openModel();
  const plan = { mode: "warm", folds: 5, seed: SEED } as const;
  const log = logOf(10);
  const { test } = splitLearners(log.learners, SEED, 0, plan.folds);
  const learners = log.learners.map((learner) => ({
    ...learner,
    answers: learner.answers.map((answered) => ({ ...answered, correct: answered.correct || test.includes(learner) })),
  }));
  const folds = await Array.fromAsync(evaluateFolds({ ...log, learners }, model, plan));
  const subject = { data: log.name, model: model.id, plan, trainedOn: [] };
  const json = JSON.parse(reportJson(subject, folds));
  assert.ok(json.auc > 0 && json.baselines.elo.auc > 0.5);
  assert.equal(json.auc_folds, 4);
  assert.match(reportTable(subject, folds), /AUC over 4 of 5 folds/);
  model.close();
});

const BAD_COMMANDS = [
  [["--mode", "warm"], /--data FILE.csv.gz is missing/],
  [["--data", "x", "--mode", "hot"], /--mode is warm or cold, found "hot"/],
  [["--data", "x", "--folds", "11"], /--folds is a whole number from 1 to 10, found "11"/],
  [["--data", "x", "--seed", "1.5"], /--seed is a whole number/],
  [["--data", "x", "--seed="], /--seed is a whole number/],
  [["--data", "x", "--fold", "2"], /Unknown option '--fold'/],
] as const;

for (const [args, message] of BAD_COMMANDS) {
  Deno.test(`[N7] evaluation refuses "${args.join(" ")}" and says what is expected`, () => {
    assert.throws(
      () => readEvaluationOptions(args),
      (error) => error instanceof UsageError && message.test(error.message),
    );
  });
}

Deno.test("[N7] evaluation is warm, over five folds, of the shipped weights, unless told otherwise", () => {
  assert.deepEqual(readEvaluationOptions(["--data", "x.csv.gz"]), {
    data: "x.csv.gz",
    plan: { mode: "warm", folds: 5, seed: 42 },
    model: "models/knowledge",
    output: "table",
  });
});
