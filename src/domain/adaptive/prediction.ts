/** The question every predictor answers: how likely is this learner to get each of these items right? */
import type { Difficulty } from "../curriculum/rendered_item.ts";
import type { ModelQuestion } from "./model_question.ts";

export interface Candidate {
  readonly itemId: string;
  readonly skills: readonly string[];
  readonly difficulty: Difficulty;
}

/** Elo abilities in logits; 0 is the average learner. */
export interface Abilities {
  readonly overall: { readonly ability: number; readonly answers: number };
  readonly skills: { readonly [skillId: string]: { readonly ability: number; readonly answers: number } };
  /** When the newest answer that these rest on was given, where that is known. */
  readonly lastAnswerAtMs?: number | null;
}

/** What is asked of a model about the candidates, and what it is not asked. */
export interface CandidateQuestion extends ModelQuestion {
  /** One a candidate: difficulty in logits that the question leaves out, to be taken off the answer's log-odds. */
  readonly authored: readonly number[];
}

export interface PredictionRequest {
  readonly learnerId: string;
  readonly courseId: string;
  readonly abilities: Abilities;
  readonly candidates: readonly Candidate[];
  /** The same learner and candidates as a knowledge model reads them; null where statistics could not be had. */
  readonly question: CandidateQuestion | null;
}

export interface Prediction {
  /** Probability of a right answer, one a candidate, same order. */
  readonly probabilities: readonly number[];
  /** Which model and version said so. */
  readonly model: string;
  /** True when the model was missing or late and the stated prior stood in. */
  readonly prior: boolean;
}

export type Predict = (request: PredictionRequest, signal: AbortSignal) => Promise<Prediction>;
