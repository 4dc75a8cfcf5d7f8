/** What the evaluation is asked for on the command line. */
import { CommandLine } from "../command_line.ts";
import { FOLDS_MAX } from "./confidence.ts";
import type { EvaluationPlan } from "./evaluation.ts";
import { STATISTICS_MODES, type StatisticsMode } from "./prepare_sequences.ts";

/** Why the command line cannot be followed. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const LINE = new CommandLine(UsageError);

export interface EvaluationOptions {
  readonly data: string;
  readonly plan: EvaluationPlan;
  /** The folder with the weights. */
  readonly model: string;
  readonly output: "json" | "table";
}

const FLAGS = {
  data: { type: "string" },
  mode: { type: "string", default: "warm" },
  folds: { type: "string", default: "5" },
  seed: { type: "string", default: "42" },
  model: { type: "string", default: "models/knowledge" },
  json: { type: "boolean", default: false },
} as const;

function isMode(text: string): text is StatisticsMode {
  return STATISTICS_MODES.some((mode) => mode === text);
}

/** @throws UsageError in words for the one who typed it */
export function readEvaluationOptions(args: readonly string[]): EvaluationOptions {
  const { data, mode, folds, seed, model, json } = LINE.values(args, FLAGS);
  if (data === undefined) throw new UsageError("--data FILE.csv.gz is missing.");
  if (!isMode(mode)) throw new UsageError(`--mode is ${STATISTICS_MODES.join(" or ")}, found "${mode}".`);
  const plan = {
    mode,
    folds: LINE.integer("folds", folds, 1, FOLDS_MAX),
    seed: LINE.seed(seed),
  };
  return { data, plan, model, output: json ? "json" : "table" };
}
