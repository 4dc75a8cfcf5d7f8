/** Predicts with the knowledge model; where that is missing or late, by Elo, marked as the prior it is. */
import type { AskModel } from "../domain/adaptive/model_question.ts";
import { logOdds, sigmoid } from "../domain/adaptive/logistic.ts";
import type { CandidateQuestion, Predict, Prediction, PredictionRequest } from "../domain/adaptive/prediction.ts";
import type { Meter } from "../actors/ports.ts";
import { predictByElo } from "./elo_predictor.ts";

/** Elo on the course's statistics rather than on authored difficulties. */
export const CATALOGUE_ELO_MODEL = "elo-catalogue-1";

/** A model answered with something else than a probability a candidate. */
export class UnsoundPredictionError extends Error {
  override readonly name = "UnsoundPredictionError";
}

function areProbabilities(values: Float32Array, candidates: number): boolean {
  return values.length === candidates && values.every((value) => value >= 0 && value <= 1);
}

/** Probabilities from log-odds that leave out what authors say of the candidates' difficulty. */
function asAuthored({ authored }: CandidateQuestion, logits: Float32Array): readonly number[] {
  return Array.from(logits, (logit, i) => sigmoid(logit - (authored[i] ?? 0)));
}

/** The best that can be said without the model. */
async function byElo(request: PredictionRequest): Promise<Prediction> {
  const { question } = request;
  if (question === null) return { ...await predictByElo(request), prior: true };
  return { probabilities: asAuthored(question, question.eloLogits), model: CATALOGUE_ELO_MODEL, prior: true };
}

/** @param ask null where the deployment runs without a model */
export function createKnowledgePredictor(ask: AskModel | null, meter: Meter): Predict {
  return async (request) => {
    const { question } = request;
    if (ask === null || question === null) return await byElo(request);
    try {
      const { hidden, probabilities } = await ask(question);
      if (!areProbabilities(probabilities, request.candidates.length)) throw new UnsoundPredictionError(hidden.model);
      return { probabilities: asAuthored(question, probabilities.map(logOdds)), model: hidden.model, prior: false };
    } catch {
      // A lesson goes on without its model; the receipt says so, and the count shows it.
      meter.count("knowledge_priors");
      return await byElo(request);
    }
  };
}
