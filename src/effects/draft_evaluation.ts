/** Drafts a judgement of a submission for its teacher, where the deployment has a language model. */
import type { EffectRunner } from "../actors/ports.ts";
import type { LanguageModel } from "../domain/llm/language_model.ts";
import { draftQuestion } from "../domain/submission/draft_question.ts";
import type { DraftEvaluationEffect, SubmissionCommand } from "../domain/submission/messages.ts";
import { readDraft } from "../domain/submission/read_draft.ts";

/** The runner of `draft_evaluation`; the teacher judges without a draft when there is none. */
export function createDraftEvaluation(
  model: LanguageModel | null,
): EffectRunner<DraftEvaluationEffect, SubmissionCommand> {
  return async (effect, _actor, signal) => {
    if (model === null) return { type: "draft_failed", reason: "there is no language model" };
    const outcome = await model.ask(draftQuestion(effect), () => undefined, signal);
    if (outcome.kind === "no_answer") return { type: "draft_failed", reason: outcome.reason };
    const draft = readDraft(outcome.text, effect);
    if (draft === null) return { type: "draft_failed", reason: "the answer is no draft by the rubric" };
    return { type: "draft_made", draft: { model: outcome.model, ...draft } };
  };
}
