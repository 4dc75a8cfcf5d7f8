/** What the evaluation is asked for on the command line. */
import { parseArgs } from "node:util";
import { FOLDS_MAX } from "./confidence.ts";
import type { EvaluationPlan } from "./evaluation.ts";
import { STATISTICS_MODES, type StatisticsMode } from "./prepare_sequences.ts";

/** Why the command line cannot be followed. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

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

function integerFrom(flag: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isInteger(value) && value >= min && value <= max) return value;
  throw new UsageError(`--${flag} is a whole number from ${min} to ${max}, found "${text}".`);
}

function isMode(text: string): text is StatisticsMode {
  return STATISTICS_MODES.some((mode) => mode === text);
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS }).values;
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

/** @throws UsageError in words for the one who typed it */
export function readEvaluationOptions(args: readonly string[]): EvaluationOptions {
  const { data, mode, folds, seed, model, json } = parsed(args);
  if (data === undefined) throw new UsageError("--data FILE.csv.gz is missing.");
  if (!isMode(mode)) throw new UsageError(`--mode is ${STATISTICS_MODES.join(" or ")}, found "${mode}".`);
  const plan = {
    mode,
    folds: integerFrom("folds", folds, 1, FOLDS_MAX),
    seed: integerFrom("seed", seed, 0, 2 ** 32 - 1),
  };
  return { data, plan, model, output: json ? "json" : "table" };
}
