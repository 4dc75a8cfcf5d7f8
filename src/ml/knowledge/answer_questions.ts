/** Many learners' questions through the network together: unread answers first, then their candidates. */
import { sigmoid } from "../../domain/adaptive/logistic.ts";
import type { ModelAnswer, ModelQuestion } from "../../domain/adaptive/model_question.ts";
import type { KnowledgeModel } from "./knowledge_model.ts";

/** The state that a question starts from: its own, or zeros where that is another model's or none. */
function firstHidden(model: KnowledgeModel, { hidden }: ModelQuestion): Float32Array {
  const isOwn = hidden !== null && hidden.model === model.id && hidden.values.length === model.size.hidden;
  return isOwn ? Float32Array.from(hidden.values) : new Float32Array(model.size.hidden);
}

/** Takes in answer number `round` of every question that has so many; one of another encoding teaches nothing. */
async function stepRound(
  model: KnowledgeModel,
  questions: readonly ModelQuestion[],
  states: readonly Float32Array[],
  round: number,
): Promise<void> {
  const stepping = questions.flatMap(({ unread }, index) => {
    const answer = unread[round];
    const state = states[index];
    if (answer === undefined || state === undefined) return [];
    return answer.features.length === model.size.features ? [{ answer, state }] : [];
  });
  const { features, hidden } = model.size;
  const batch = {
    features: new Float32Array(stepping.length * features),
    correct: Uint8Array.from(stepping, ({ answer }) => answer.correct ? 1 : 0),
    hidden: new Float32Array(stepping.length * hidden),
  };
  for (const [row, { answer, state }] of stepping.entries()) {
    batch.features.set(answer.features, row * features);
    batch.hidden.set(state, row * hidden);
  }
  const next = await model.step(batch);
  for (const [row, { state }] of stepping.entries()) state.set(next.subarray(row * hidden, (row + 1) * hidden));
}

/**
 * One answer a question, same order; as many passes as the longest line of unread answers, and one for all candidates.
 *
 * @throws BatchShapeError
 */
export async function answerQuestions(
  model: KnowledgeModel,
  questions: readonly ModelQuestion[],
): Promise<ModelAnswer[]> {
  const states = questions.map((question) => firstHidden(model, question));
  const rounds = Math.max(0, ...questions.map(({ unread }) => unread.length));
  for (let round = 0; round < rounds; round += 1) await stepRound(model, questions, states, round);
  const noState = new Float32Array(model.size.hidden);
  const requests = questions.map(({ features, eloLogits }, index) => ({
    hidden: states[index] ?? noState,
    features,
    eloLogits,
  }));
  const logits = await model.score(requests);
  return questions.map((_, index) => ({
    hidden: { model: model.id, values: Array.from(states[index] ?? noState) },
    probabilities: (logits[index] ?? new Float32Array(0)).map(sigmoid),
  }));
}
