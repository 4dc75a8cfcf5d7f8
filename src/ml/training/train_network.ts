/** Trains the knowledge network: epochs of drawn learners, validation after each, early stopping. */
import { tensor2d } from "@tensorflow/tfjs-core";
import { beginOptimizer } from "./adamw.ts";
import { dealChunks } from "./answer_lanes.ts";
import { type BegunEpoch, type EpochRecord, type TrainingRun, weightValues } from "./checkpoint.ts";
import { chunkTensors, disposeChunk } from "./chunk_forward.ts";
import { drawEpoch, type Source } from "./draw_answers.ts";
import { initialWeights } from "./initial_weights.ts";
import { trainStep } from "./train_step.ts";
import { learningRate, type TrainingPlan } from "./training_plan.ts";
import { meanOf, validate } from "./validate.ts";

/** Told how training goes. */
export interface TrainingWatcher {
  /** `done` between 0 and 1 of the epoch, `loss` the epoch's mean so far. */
  onProgress(epoch: number, done: number, loss: number): void;
  /** Every {@link CHECKPOINT_CHUNKS} chunks, from where training could go on; it waits until this is done. */
  onCheckpoint(run: TrainingRun): Promise<void>;
  /** After validation; training waits until this is done. */
  onEpoch(run: TrainingRun): Promise<void>;
}

/** At 1,600 answers a chunk, a few seconds of work to lose. */
export const CHECKPOINT_CHUNKS = 50;

export class TrainingDivergedError extends Error {
  override readonly name = "TrainingDivergedError";
}

/** A run that has not begun. */
export async function beginRun(plan: TrainingPlan): Promise<TrainingRun> {
  const optimizer = beginOptimizer(initialWeights(plan.size, plan.seed));
  return { plan, optimizer, history: [], bestEpoch: -1, best: await weightValues(optimizer.averages), begun: null };
}

/** Whether the plan is done, or has gone without a better validation for as long as it allows. */
export function isFinished({ plan, history, bestEpoch }: TrainingRun): boolean {
  return history.length >= plan.epochs || history.length - 1 - bestEpoch >= plan.patienceEpochs;
}

/**
 * Trains until {@link isFinished}. The tensors of `run` are disposed of on the way; those of the result are the caller's.
 *
 * @throws TrainingDivergedError when the loss is no longer a number
 */
export async function trainNetwork(
  run: TrainingRun,
  sources: readonly Source[],
  watcher: TrainingWatcher,
): Promise<TrainingRun> {
  let current = run;
  while (!isFinished(current)) {
    current = await trainEpoch(current, sources, watcher);
    await watcher.onEpoch(current);
  }
  return current;
}

function nothingBegun({ lanes, size }: TrainingPlan): BegunEpoch {
  return { chunks: 0, answers: 0, lossSum: 0, hidden: new Float32Array(lanes * size.hidden) };
}

async function trainEpoch(
  run: TrainingRun,
  sources: readonly Source[],
  watcher: TrainingWatcher,
): Promise<TrainingRun> {
  const { plan } = run;
  const epoch = run.history.length;
  const shape = { steps: plan.steps, lanes: plan.lanes, features: plan.size.features };
  const begun = run.begun ?? nothingBegun(plan);
  let { chunks, answers, lossSum } = begun;
  let optimizer = run.optimizer;
  let first = tensor2d(begun.hidden, [plan.lanes, plan.size.hidden]);
  for (const chunk of dealChunks(drawEpoch(sources, plan.answersPerEpoch, plan.seed, epoch), shape).drop(chunks)) {
    const tensors = chunkTensors(chunk, shape);
    const stepSize = {
      learningRate: learningRate(plan, optimizer.step),
      weightDecay: plan.weightDecay,
      averageDecay: plan.averageDecay,
    };
    const { state, loss, last } = await trainStep(optimizer, { chunk: tensors, first }, stepSize);
    first.dispose();
    disposeChunk(tensors);
    if (!Number.isFinite(loss)) throw new TrainingDivergedError(`the loss is ${loss} at step ${state.step}`);
    [optimizer, first] = [state, last];
    const count = chunk.sequences.reduce((sum, sequence) => sequence === -1 ? sum : sum + 1, 0);
    lossSum += loss * count;
    answers += count;
    chunks += 1;
    watcher.onProgress(epoch, Math.min(1, answers / plan.answersPerEpoch), lossSum / answers);
    if (chunks % CHECKPOINT_CHUNKS > 0) continue;
    const hidden = await first.data<"float32">();
    await watcher.onCheckpoint({ ...run, optimizer, begun: { chunks, answers, lossSum, hidden } });
  }
  first.dispose();
  const validation = await validate(optimizer.averages, plan.size, sources);
  const record = { loss: lossSum / answers, validation, validationMean: meanOf(Object.values(validation)), answers };
  return await withEpoch({ ...run, optimizer, begun: null }, record);
}

async function withEpoch(run: TrainingRun, record: EpochRecord): Promise<TrainingRun> {
  const history = [...run.history, record];
  const isBest = record.validationMean > (run.history[run.bestEpoch]?.validationMean ?? -Infinity);
  return isBest
    ? { ...run, history, bestEpoch: history.length - 1, best: await weightValues(run.optimizer.averages) }
    : { ...run, history };
}
