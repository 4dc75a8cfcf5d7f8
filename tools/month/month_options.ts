/** What the simulated month is asked for on the command line. */
import { parseArgs } from "node:util";

const LEARNERS_MAX = 10_000;

/** Why the command line cannot be followed. */
export class MonthUsageError extends Error {
  override readonly name = "MonthUsageError";
}

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

function integerFrom(flag: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isInteger(value) && value >= min && value <= max) return value;
  throw new MonthUsageError(`--${flag} is a whole number from ${min} to ${max}, found "${text}".`);
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS }).values;
  } catch (error) {
    if (error instanceof TypeError) throw new MonthUsageError(error.message, { cause: error });
    throw error;
  }
}

/** @throws MonthUsageError in words for the one who typed it */
export function readMonthOptions(args: readonly string[]): MonthOptions {
  const { learners, seed, out, json } = parsed(args);
  return {
    learners: integerFrom("learners", learners, 1, LEARNERS_MAX),
    seed: integerFrom("seed", seed, 0, 2 ** 32 - 1),
    out: out ?? null,
    output: json ? "json" : "table",
  };
}
