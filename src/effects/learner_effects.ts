/** What runs beside a learner's turns: the network reads their answers, quests are proposed. */
import type { EffectRunner } from "../actors/ports.ts";
import type { AskModel } from "../domain/adaptive/model_question.ts";
import { assertNever } from "../domain/assert_never.ts";
import type { LearnerCommand, LearnerEffect } from "../domain/learner/messages.ts";
import { createProposeQuests, type QuestSources } from "./propose_quests.ts";
import { createReadAnswers } from "./read_answers.ts";

/** @param ask null where the deployment runs without a model */
export function createLearnerEffects(
  ask: AskModel | null,
  sources: QuestSources,
): EffectRunner<LearnerEffect, LearnerCommand> {
  const readAnswers = createReadAnswers(ask);
  const propose = createProposeQuests(sources);
  return (effect, actor, signal) => {
    switch (effect.kind) {
      case "read_answers":
        return readAnswers(effect, actor, signal);
      case "propose_quests":
        return propose(effect, actor, signal);
      default:
        return assertNever(effect);
    }
  };
}
