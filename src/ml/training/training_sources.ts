/** Reads the data sets of a folder and prepares them to be trained on. */
import type { Source } from "./draw_answers.ts";
import { preparedSequences } from "./prepared_cache.ts";
import { readAnswers } from "./read_answers.ts";
import { splitLearners } from "./split_learners.ts";
import { prepareThin } from "./thin_statistics.ts";
import { type TrainingMode, TrainingOptionsError } from "./training_options.ts";

const DATA_FILE = /^([\w-]+)\.csv\.gz$/;

/**
 * The data sets in a folder by name, in order; `only` and `leaveOut` must name sets that are there.
 * @throws TrainingOptionsError when the folder cannot be read, lacks one of them or has nothing to train on
 */
export async function chooseDataSets(
  folder: string,
  only: readonly string[],
  leaveOut: readonly string[],
): Promise<readonly string[]> {
  const found = await dataSetsIn(folder);
  const missing = [...only, ...leaveOut].filter((name) => !found.includes(name));
  if (missing.length > 0) {
    throw new TrainingOptionsError(`${folder} has no ${missing.join(", ")}; it has ${found.join(", ")}`);
  }
  const chosen = found.filter((name) => (only.length === 0 || only.includes(name)) && !leaveOut.includes(name)).sort();
  if (chosen.length === 0) throw new TrainingOptionsError(`nothing is left to train on in ${folder}`);
  return chosen;
}

async function dataSetsIn(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) {
      const name = DATA_FILE.exec(entry.name)?.[1];
      if (name !== undefined) found.push(name);
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TrainingOptionsError(`cannot read --data: ${reason}`, { cause });
  }
  return found;
}

/** One source for each data set and mode; `thin` ones are trained on and not validated. */
export async function openSources(
  folder: string,
  dataSets: readonly string[],
  modes: readonly TrainingMode[],
  seed: number,
  cacheDir: string | null,
): Promise<readonly Source[]> {
  const sources: Source[] = [];
  for (const name of dataSets) {
    for (const mode of modes) {
      sources.push({ name: `${name} ${mode}`, ...await openSource(`${folder}/${name}.csv.gz`, mode, seed, cacheDir) });
    }
  }
  return sources;
}

async function openSource(
  path: string,
  mode: TrainingMode,
  seed: number,
  cacheDir: string | null,
): Promise<Omit<Source, "name">> {
  if (mode !== "thin") return await preparedSequences(path, seed, mode, cacheDir);
  const { training } = splitLearners((await readAnswers(path)).learners, seed);
  return { training: prepareThin(training), validation: [] };
}
