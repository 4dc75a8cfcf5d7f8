/** Trains the knowledge model. Run: deno task train:knowledge --data DIR --out models/knowledge [options] */
import { AnswerLogError } from "../src/ml/training/answer_log_error.ts";
import { CheckpointError } from "../src/ml/training/checkpoint.ts";
import { trainModel } from "../src/ml/training/train_model.ts";
import { readTrainingOptions, TrainingOptionsError } from "../src/ml/training/training_options.ts";
import { FolderError, makeWritable } from "./writable_folder.ts";

/** What the one who typed the command can put right. */
const MISTAKES = [TrainingOptionsError, AnswerLogError, CheckpointError, FolderError] as const;
const encoder = new TextEncoder();

try {
  const options = readTrainingOptions(Deno.args);
  await makeWritable(options.out);
  await trainModel(options, `deno task train:knowledge ${Deno.args.join(" ")}`, {
    write: (text) => Deno.stderr.writeSync(encoder.encode(text)),
    nowMs: () => performance.now(),
  });
} catch (error) {
  const mistake = MISTAKES.find((kind) => error instanceof kind);
  if (mistake === undefined || !(error instanceof Error)) throw error;
  console.error(error.message);
  Deno.exit(2);
}
