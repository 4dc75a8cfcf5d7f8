/** A training run on disk now and then, so that it can be taken up where it was interrupted. */
import { keep, type Tensor2D, tensor2d } from "@tensorflow/tfjs-core";
import { z } from "zod";
import type { NetworkTensors } from "../knowledge/network.ts";
import {
  elementCount,
  type NetworkSize,
  PARAMETER_NAMES,
  parameterShapes,
  type PerParameter,
  perParameter,
} from "../knowledge/network_size.ts";
import type { OptimizerState } from "./adamw.ts";
import { type TrainingPlan, trainingPlanSchema } from "./training_plan.ts";

export class CheckpointError extends Error {
  override readonly name = "CheckpointError";
}

const epochRecordSchema = z.object({
  /** Mean log loss of the training answers, in nats. */
  loss: z.number(),
  /** AUC on the validation learners of each source. */
  validation: z.record(z.string(), z.number()),
  /** Its mean over the sources. */
  validationMean: z.number(),
  answers: z.number(),
});

export type EpochRecord = z.infer<typeof epochRecordSchema>;

const headerSchema = z.object({
  plan: trainingPlanSchema,
  step: z.number(),
  history: z.array(epochRecordSchema),
  bestEpoch: z.number(),
  begun: z.object({ chunks: z.int(), answers: z.number(), lossSum: z.number() }).nullable(),
});

/** How far an epoch has come. */
export interface BegunEpoch {
  readonly chunks: number;
  readonly answers: number;
  /** Sum of the log losses of its answers, in nats. */
  readonly lossSum: number;
  /** The states that the lanes go on from, `lanes x hidden`. */
  readonly hidden: Float32Array;
}

/** A run between two steps. */
export interface TrainingRun {
  readonly plan: TrainingPlan;
  readonly optimizer: OptimizerState;
  readonly history: readonly EpochRecord[];
  /** The epoch whose averaged weights did best on the validation learners, and those weights. */
  readonly bestEpoch: number;
  readonly best: WeightValues;
  /** Null between two epochs. */
  readonly begun: BegunEpoch | null;
}

export type WeightValues = PerParameter<Float32Array>;

/** Copies the numbers out of the backend. */
export async function weightValues(tensors: NetworkTensors): Promise<WeightValues> {
  const values = await Promise.all(PARAMETER_NAMES.map((name) => tensors[name].data<"float32">()));
  return perParameter((name) => (values[PARAMETER_NAMES.indexOf(name)] ?? new Float32Array()));
}

/** Puts numbers onto the backend; the caller disposes of the tensors. */
export function weightTensors(size: NetworkSize, values: WeightValues): NetworkTensors {
  const shapes = parameterShapes(size);
  return perParameter((name): Tensor2D => keep(tensor2d(values[name], [...shapes[name]])));
}

/** Written beside and moved into place, so that a crash leaves the former checkpoint. */
export async function writeCheckpoint(path: string, run: TrainingRun): Promise<void> {
  const { plan, optimizer, history, bestEpoch, best } = run;
  const { hidden, ...begun } = run.begun ?? { hidden: new Float32Array() };
  const header = JSON.stringify({
    plan,
    step: optimizer.step,
    history,
    bestEpoch,
    begun: run.begun === null ? null : begun,
  });
  const kept = [optimizer.weights, optimizer.averages, optimizer.means, optimizer.squares];
  const groups = await Promise.all(kept.map(weightValues));
  const numbers = [...groups, best].flatMap((group) => PARAMETER_NAMES.map((name) => group[name])).concat(hidden);
  const body = new Blob([new TextEncoder().encode(`${header}\n`), ...numbers.map((values) => values.slice())]);
  await Deno.writeFile(`${path}.part`, await body.bytes());
  await Deno.rename(`${path}.part`, path);
}

/** Null where there is none. @throws CheckpointError when it belongs to another plan or is damaged */
export async function readCheckpoint(path: string, plan: TrainingPlan): Promise<TrainingRun | null> {
  const bytes = await readIfThere(path);
  if (bytes === null) return null;
  const end = bytes.indexOf("\n".charCodeAt(0));
  const parsed = headerSchema.safeParse(jsonOrNull(new TextDecoder().decode(bytes.subarray(0, end))));
  if (!parsed.success) throw new CheckpointError(`${path}: ${z.prettifyError(parsed.error)}`);
  const { step, history, bestEpoch, begun } = parsed.data;
  if (JSON.stringify(parsed.data.plan) !== JSON.stringify(plan)) {
    throw new CheckpointError(
      `${path} belongs to a run with another plan; train without --resume or to another folder`,
    );
  }
  const body = bytes.slice(end + 1);
  const numbers = new Float32Array(body.buffer, 0, Math.floor(body.length / Float32Array.BYTES_PER_ELEMENT));
  const shapes = parameterShapes(plan.size);
  const hidden = begun === null ? 0 : plan.lanes * plan.size.hidden;
  const expected = 5 * PARAMETER_NAMES.reduce((sum, name) => sum + elementCount(shapes[name]), 0) + hidden;
  if (numbers.length !== expected) throw new CheckpointError(`${path} holds ${numbers.length} numbers of ${expected}`);
  let offset = 0;
  const nextGroup = (): WeightValues =>
    perParameter((name) => {
      const from = offset;
      offset += elementCount(shapes[name]);
      return numbers.slice(from, offset);
    });
  const [weights, averages, means, squares] = [nextGroup(), nextGroup(), nextGroup(), nextGroup()]
    .map((values) => weightTensors(plan.size, values)) as [
      NetworkTensors,
      NetworkTensors,
      NetworkTensors,
      NetworkTensors,
    ];
  return {
    plan,
    optimizer: { step, weights, averages, means, squares },
    history,
    bestEpoch,
    best: nextGroup(),
    begun: begun === null ? null : { ...begun, hidden: numbers.slice(expected - hidden) },
  };
}

/** Null, which no schema of ours takes, for what is no JSON. */
function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

async function readIfThere(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
