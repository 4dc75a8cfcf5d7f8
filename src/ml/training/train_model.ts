/** A training run from command line to model folder. */
import { join } from "node:path";
import { sha256Hex } from "../knowledge/weights_file.ts";
import { planBackends, startBackend } from "../backend.ts";
import { readCheckpoint, type TrainingRun, weightTensors, writeCheckpoint } from "./checkpoint.ts";
import type { Source } from "./draw_answers.ts";
import { exportModel } from "./export_model.ts";
import { registerGradients } from "./gradients.ts";
import type { Scored } from "./metrics.ts";
import { makeUpSources } from "./made_up_sources.ts";
import { ProgressBar } from "./progress_bar.ts";
import { beginRun, TrainingDivergedError, trainNetwork } from "./train_network.ts";
import { planOf, type TrainingOptions, TrainingOptionsError } from "./training_options.ts";
import { chooseDataSets, openSources } from "./training_sources.ts";
import { canValidate, fitTemperature, replayScored } from "./validate.ts";

/** Where a run shows how it goes, and what time it is there. */
export interface Terminal {
  write(text: string): void;
  nowMs(): number;
}

const CHECKPOINT_FILE = "checkpoint.bin";

/**
 * Trains and exports; `command` is what the manifest will say made the weights.
 * @throws TrainingOptionsError when the data do not suffice to choose an epoch by
 */
export async function trainModel(options: TrainingOptions, command: string, terminal: Terminal): Promise<void> {
  const plan = await planBackends(options.backend);
  const backend = plan.order[0] ?? "wasm";
  await startBackend(backend);
  registerGradients();
  const dataSets = await chooseDataSets(options.data, options.only, options["leave-out"]);
  terminal.write(`backend ${backend}; data sets ${dataSets.join(", ")}\n`);
  const recorded = await openSources(options.data, dataSets, options.modes, options.seed, options.cache);
  const sources = [...recorded, ...makeUpSources(options["made-up"], options.modes, options.seed)];
  const validated = sources.filter(canValidate);
  if (validated.length === 0) {
    throw new TrainingOptionsError(`no validation learners of ${options.data} gave both right and wrong answers`);
  }
  const finished = await train(options, sources, terminal);
  const temperature = await temperatureOf(finished, validated);
  const best = finished.history[finished.bestEpoch];
  if (best === undefined) throw new TrainingDivergedError("no epoch has a validation AUC; nothing is exported");
  await exportModel(options.out, finished, {
    data: dataSets,
    ...await trainedFiles(options, dataSets),
    modes: options.modes,
    command,
    temperature,
    metrics: Object.entries(best.validation).map(([name, value]) => ({
      name: "AUC",
      value: Number(value.toFixed(4)),
      on: `validation learners of ${name} statistics`,
    })),
  });
  // A finished run is not taken up again.
  await Deno.remove(join(options.out, CHECKPOINT_FILE));
  terminal.write(
    `best epoch ${finished.bestEpoch + 1}, temperature ${temperature.toFixed(3)}, written to ${options.out}\n`,
  );
}

async function train(
  options: TrainingOptions,
  sources: readonly Source[],
  terminal: Terminal,
): Promise<TrainingRun> {
  await Deno.mkdir(options.out, { recursive: true });
  const checkpoint = join(options.out, CHECKPOINT_FILE);
  const trainingPlan = planOf(options, sources.map((source) => source.name));
  const stored = options.resume === true ? await readCheckpoint(checkpoint, trainingPlan) : null;
  const bar = new ProgressBar(options.epochs, (text) => terminal.write(text), () => terminal.nowMs());
  return await trainNetwork(stored ?? await beginRun(trainingPlan), sources, {
    onProgress: (epoch, done, loss) => bar.progress(epoch, done, loss),
    onCheckpoint: (run) => writeCheckpoint(checkpoint, run),
    onEpoch: async (run) => {
      const record = run.history.at(-1);
      if (record !== undefined) bar.epochDone(run.history.length - 1, record);
      await writeCheckpoint(checkpoint, run);
    },
  });
}

/** What tells later whether an evaluation scores learners of these sets, under whatever name. */
async function trainedFiles(options: TrainingOptions, dataSets: readonly string[]) {
  const sharedLearners = options["shared-learners"];
  const related = sharedLearners.filter((group) => group.some((name) => dataSets.includes(name))).flat();
  const there = await chooseDataSets(options.data, [], []);
  const files = there.filter((name) => dataSets.includes(name) || related.includes(name)).map(async (name) => ({
    name,
    sha256: await sha256Hex(await Deno.readFile(join(options.data, `${name}.csv.gz`))),
  }));
  return { files: await Promise.all(files), sharedLearners };
}

/** Fitted on validation learners, which the weights have not been trained on. */
async function temperatureOf({ plan, best }: TrainingRun, sources: readonly Source[]): Promise<number> {
  const weights = weightTensors(plan.size, best);
  const sets: Scored[] = [];
  for (const source of sources) {
    sets.push(await replayScored(weights, plan.size, source.validation));
  }
  return fitTemperature(sets);
}
