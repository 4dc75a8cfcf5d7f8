/** Divides learners, never their answers, into training, validation and test. */
import { randomFrom } from "../../domain/random.ts";

export const PARTS = ["training", "validation", "test"] as const;
export type Part = (typeof PARTS)[number];
export type Split<Learner> = { readonly [part in Part]: readonly Learner[] };

const VALIDATION_SHARE = 0.08;

/** The learners in an order that `seed` decides (Fisher and Yates). */
export function shuffled<Learner>(learners: readonly Learner[], seed: number): Learner[] {
  const random = randomFrom(seed);
  const order = learners.map((_, index) => index);
  for (let last = order.length - 1; last > 0; last--) {
    const chosen = Math.floor(random() * (last + 1));
    [order[last], order[chosen]] = [order[chosen] ?? 0, order[last] ?? 0];
  }
  return order.flatMap((index) => learners.slice(index, index + 1));
}

/**
 * Fold `fold` of `folds`: of the shuffled learners a `1 / folds` share is the test, 8% of all that follow it in the circle
 * are for validation, the rest for training. Fold 0 of 5 is the 72 / 8 / 20 split that training uses, so weights trained
 * under the same seed have not met its test learners.
 */
export function splitLearners<Learner>(
  learners: readonly Learner[],
  seed: number,
  fold: number = 0,
  folds: number = 5,
): Split<Learner> {
  const order = shuffled(learners, seed);
  const from = Math.round((fold * order.length) / folds);
  const circle = [...order.slice(from), ...order.slice(0, from)];
  const tests = Math.round(((fold + 1) * order.length) / folds) - from;
  const validations = Math.round(order.length * VALIDATION_SHARE);
  return {
    test: circle.slice(0, tests),
    validation: circle.slice(tests, tests + validations),
    training: circle.slice(tests + validations),
  };
}
