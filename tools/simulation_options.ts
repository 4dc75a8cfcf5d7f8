/** What the simulation is asked for on the command line. */
import { GROUND_TRUTH_NAMES, type GroundTruthName } from "../src/domain/adaptive/simulation/ground_truths.ts";
import { COMPARED_POLICIES, POLICY_NAMES, type PolicyName } from "../src/domain/adaptive/simulation/policies.ts";
import { CommandLine } from "../src/ml/command_line.ts";

/** Intervals come from drawing learners anew: one alone has none. */
const LEARNERS_MIN = 2;
const LEARNERS_MAX = 10_000;
const DEMO_COURSE = new URL("../content/elementary-algebra.json", import.meta.url);

/** Why the command line cannot be followed. */
export class SimulationUsageError extends Error {
  override readonly name = "SimulationUsageError";
}

const LINE = new CommandLine(SimulationUsageError);

export interface SimulationOptions {
  readonly policies: readonly PolicyName[];
  readonly truths: readonly GroundTruthName[];
  readonly learners: number;
  readonly seed: number;
  readonly course: string | URL;
  /** The folder that plots go to; null for none. */
  readonly out: string | null;
  readonly output: "json" | "table";
}

const FLAGS = {
  policy: { type: "string", default: "all" },
  truth: { type: "string", default: "all" },
  learners: { type: "string", default: "200" },
  seed: { type: "string", default: "2026" },
  course: { type: "string" },
  out: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

function namesFrom<Name extends string>(
  flag: string,
  text: string,
  names: readonly Name[],
  all: readonly Name[],
): readonly Name[] {
  const named = text === "all" ? all : names.filter((name) => name === text);
  if (named.length > 0) return named;
  throw new SimulationUsageError(`--${flag} is ${names.join(", ")} or all, found "${text}".`);
}

/** @throws SimulationUsageError in words for the one who typed it */
export function readSimulationOptions(args: readonly string[]): SimulationOptions {
  const { policy, truth, learners, seed, course, out, json } = LINE.values(args, FLAGS);
  return {
    policies: namesFrom("policy", policy, POLICY_NAMES, COMPARED_POLICIES),
    truths: namesFrom("truth", truth, GROUND_TRUTH_NAMES, GROUND_TRUTH_NAMES),
    learners: LINE.integer("learners", learners, LEARNERS_MIN, LEARNERS_MAX),
    seed: LINE.seed(seed),
    course: course ?? DEMO_COURSE,
    out: out ?? null,
    output: json ? "json" : "table",
  };
}
