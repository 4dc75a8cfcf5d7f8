/** Has the network take in a learner's latest answers, so that its memory of them moves on. */
import type { EffectRunner } from "../actors/ports.ts";
import type { AskModel } from "../domain/adaptive/model_question.ts";
import type { LearnerCommand, ReadAnswersEffect } from "../domain/learner/messages.ts";

/** Five decimals of numbers within ±1: finer than float arithmetic differs between backends. */
const DECIMALS_FACTOR = 1e5;
const NO_CANDIDATES = new Float32Array(0);

function stored(value: number): number {
  return Math.round(value * DECIMALS_FACTOR) / DECIMALS_FACTOR;
}

/** The runner of `read_answers`. @param ask null where the deployment runs without a model */
export function createReadAnswers(ask: AskModel | null): EffectRunner<ReadAnswersEffect, LearnerCommand> {
  return async ({ courseId, fromSeq, untilSeq, hidden, answers }) => {
    const span = { courseId, fromSeq, untilSeq };
    if (ask === null) return { type: "reading_failed", ...span, reason: "there is no knowledge model" };
    const read = await ask({ hidden, unread: answers, features: NO_CANDIDATES, eloLogits: NO_CANDIDATES });
    const { model, values } = read.hidden;
    return { type: "answers_read", ...span, hidden: { model, values: values.map(stored) } };
  };
}
