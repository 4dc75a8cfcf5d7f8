/** Trains the knowledge model. Run: deno task train:knowledge --data DIR --out models/knowledge [options] */
import { trainModel } from "../src/ml/training/train_model.ts";
import { readTrainingOptions, TrainingOptionsError } from "../src/ml/training/training_options.ts";

const encoder = new TextEncoder();

try {
  await trainModel(readTrainingOptions(Deno.args), `deno task train:knowledge ${Deno.args.join(" ")}`, {
    write: (text) => Deno.stderr.writeSync(encoder.encode(text)),
    nowMs: () => performance.now(),
  });
} catch (error) {
  if (!(error instanceof TrainingOptionsError)) throw error;
  console.error(error.message);
  Deno.exit(2);
}
