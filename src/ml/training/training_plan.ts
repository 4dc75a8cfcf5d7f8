/** Everything that decides how a training run goes; two runs with equal plans and data give equal weights. */
import { z } from "zod";

export const trainingPlanSchema = z.object({
  size: z.object({ features: z.number(), hidden: z.number(), head: z.number() }),
  /** Answers of a lane in one chunk, which is how far back a gradient reaches. */
  steps: z.number(),
  /** Learners side by side. */
  lanes: z.number(),
  epochs: z.number(),
  /** Answers an epoch; sources give in proportion to the square root of their size. */
  answersPerEpoch: z.number(),
  learningRateMax: z.number(),
  weightDecay: z.number(),
  /** How much of the averaged weights stays each step. */
  averageDecay: z.number(),
  /** Epochs without a better validation before training stops. */
  patienceEpochs: z.number(),
  seed: z.number(),
  /** Names of the sources, in order: drawing depends on it. */
  sources: z.array(z.string()),
});

export type TrainingPlan = z.infer<typeof trainingPlanSchema>;

const WARM_UP_STEPS = 50;
const LEARNING_RATE_SHARE_MIN = 0.02;

export function stepsOfPlan({ epochs, answersPerEpoch, steps, lanes }: TrainingPlan): number {
  return epochs * Math.ceil(answersPerEpoch / (steps * lanes));
}

/** A short linear rise, then half a cosine down to 2%. */
export function learningRate(plan: TrainingPlan, step: number): number {
  const rise = Math.min(1, (step + 1) / WARM_UP_STEPS);
  const gone = Math.min(1, step / stepsOfPlan(plan));
  const fall = Math.max(LEARNING_RATE_SHARE_MIN, 0.5 + 0.5 * Math.cos(Math.PI * gone));
  return plan.learningRateMax * rise * fall;
}
