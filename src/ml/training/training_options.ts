/** The command line of `train:knowledge`. */
import { parseArgs } from "node:util";
import { z } from "zod";
import { FEATURES } from "../../domain/adaptive/encode.ts";
import { STATISTICS_MODES } from "./prepare_sequences.ts";
import type { TrainingPlan } from "./training_plan.ts";

/** Where catalogue statistics come from while training: see `prepare_sequences.ts`, and `thin_statistics.ts`. */
export const TRAINING_MODES = [...STATISTICS_MODES, "thin"] as const;
export type TrainingMode = (typeof TRAINING_MODES)[number];

export const TRAINING_USAGE = `deno task train:knowledge --data DIR --out DIR [options]
  --data DIR         folder of NAME.csv.gz files: user,item,skills,correct[,t_s|gap_min][,rt_ms]
  --out DIR          folder for manifest.json, weights.bin and curves.svg
  --only A,B         train on these data sets; the others are not read
  --leave-out A,B    train on all but these
  --made-up N        trains also on N made-up courses, together one source a mode (0)
  --shared-learners A,B;C,D  groups of data sets that hold the same learners, for the manifest
  --modes warm,cold,thin  where catalogue statistics come from (all three)
  --epochs N (2)  --answers N (500000, an epoch)  --patience N (4, epochs)
  --hidden N (64)  --head N (128)  --lanes N (16)  --steps N (100)
  --rate X (0.005)  --decay X (0.1)  --seed N (42)
  --backend auto|webgpu|wasm (auto)
  --cache DIR        keeps prepared sequences there for the next run
  --resume           goes on from --out's checkpoint`;

export class TrainingOptionsError extends Error {
  override readonly name = "TrainingOptionsError";
}

function namesIn(text: string): string[] {
  return text.split(",").filter((name) => name !== "");
}

const list = z.string().transform(namesIn);
/** An empty text would be taken for 0. */
const number = z.string().refine((text) => text.trim() !== "", "a number is missing").pipe(z.coerce.number());
const whole = number.pipe(z.int().positive());
/** Far more than was ever of use, and still held by one machine. */
const upTo = (max: number) => number.pipe(z.int().positive().max(max));
const RATE_MAX = 1;

const optionsSchema = z.object({
  data: z.string(),
  out: z.string(),
  only: list.default([]),
  "leave-out": list.default([]),
  "shared-learners": z.string().transform((text) => text.split(";").map(namesIn).filter(({ length }) => length > 0))
    .default([]),
  "made-up": number.pipe(z.int().nonnegative()).default(0),
  modes: list.pipe(
    z.array(z.enum(TRAINING_MODES)).refine(
      (modes) => modes.some((mode) => mode !== "thin"),
      "warm or cold is needed: thin has no validation to choose an epoch by",
    ),
  ).default([...TRAINING_MODES]),
  epochs: whole.default(2),
  answers: whole.default(500_000),
  patience: whole.default(4),
  hidden: upTo(1_024).default(64),
  head: upTo(4_096).default(128),
  lanes: upTo(1_024).default(16),
  steps: upTo(10_000).default(100),
  rate: number.pipe(z.number().positive().max(RATE_MAX)).default(5e-3),
  decay: number.pipe(z.number().nonnegative()).default(0.1),
  seed: number.pipe(z.int()).default(42),
  backend: z.enum(["auto", "webgpu", "wasm"]).default("auto"),
  cache: z.string().nullable().default(null),
  resume: z.boolean().optional(),
});

export type TrainingOptions = z.infer<typeof optionsSchema>;

/** @throws TrainingOptionsError naming what is wrong and how it is used */
export function readTrainingOptions(args: readonly string[]): TrainingOptions {
  const names = Object.keys(optionsSchema.shape);
  const options = Object.fromEntries(names.map((name) => [name, { type: name === "resume" ? "boolean" : "string" }]));
  let values: unknown;
  try {
    values = parseArgs({ args: [...args], options: options as Record<string, { type: "string" | "boolean" }> }).values;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TrainingOptionsError(`${reason}\n${TRAINING_USAGE}`, { cause });
  }
  const parsed = optionsSchema.safeParse(values);
  if (!parsed.success) throw new TrainingOptionsError(`${z.prettifyError(parsed.error)}\n${TRAINING_USAGE}`);
  return parsed.data;
}

/** `sources` are the names of what is trained on, in order. */
export function planOf(options: TrainingOptions, sources: readonly string[]): TrainingPlan {
  return {
    size: { features: FEATURES, hidden: options.hidden, head: options.head },
    steps: options.steps,
    lanes: options.lanes,
    epochs: options.epochs,
    answersPerEpoch: options.answers,
    learningRateMax: options.rate,
    weightDecay: options.decay,
    averageDecay: 0.998,
    patienceEpochs: options.patience,
    seed: options.seed,
    sources: [...sources],
  };
}
