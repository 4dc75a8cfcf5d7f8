/** Predicts by Elo alone: the predictor until a trained model drops in, and its stand-in when that is missing. */
import { successProbability } from "../domain/adaptive/elo.ts";
import type { Prediction, PredictionRequest } from "../domain/adaptive/prediction.ts";

export const ELO_MODEL = "elo-1";

/**
 * Probability of a right answer for every candidate, by {@link successProbability}. Marked as a prior while no answer
 * of the learner is known: then it says only how the average learner would do.
 */
export function predictByElo({ abilities, candidates }: PredictionRequest): Promise<Prediction> {
  return Promise.resolve({
    probabilities: candidates.map(({ skills, difficulty }) => successProbability(abilities, skills, difficulty)),
    model: ELO_MODEL,
    prior: abilities.overall.answers === 0,
  });
}
