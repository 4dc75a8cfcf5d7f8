/** What the simulated month is asked for on the command line. */
import { CommandLine } from "../../src/ml/command_line.ts";

const LEARNERS_MAX = 10_000;

/** Why the command line cannot be followed. */
export class MonthUsageError extends Error {
  override readonly name = "MonthUsageError";
}

const LINE = new CommandLine(MonthUsageError);

export interface MonthOptions {
  readonly learners: number;
  readonly seed: number;
  /** The folder that plots go to; null for none. */
  readonly out: string | null;
  readonly output: "json" | "table";
}

const FLAGS = {
  learners: { type: "string", default: "500" },
  seed: { type: "string", default: "2026" },
  out: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

/** @throws MonthUsageError in words for the one who typed it */
export function readMonthOptions(args: readonly string[]): MonthOptions {
  const { learners, seed, out, json } = LINE.values(args, FLAGS);
  return {
    learners: LINE.integer("learners", learners, 1, LEARNERS_MAX),
    seed: LINE.seed(seed),
    out: out ?? null,
    output: json ? "json" : "table",
  };
}
