/** Drafts a judgement of a submission for its teacher, where the deployment has a language model. */
import type { EffectRunner } from "../actors/ports.ts";
import type { DraftEvaluation, DraftEvaluationEffect, SubmissionCommand } from "../domain/submission/messages.ts";

/** The runner of `draft_evaluation`; the teacher judges without a draft when there is none. */
export function createDraftEvaluation(
  draft: DraftEvaluation | null,
): EffectRunner<DraftEvaluationEffect, SubmissionCommand> {
  return async ({ title, text, criteria }, _actor, signal) => {
    if (draft === null) return { type: "draft_failed", reason: "there is no language model" };
    return { type: "draft_made", draft: await draft({ title, text, criteria }, signal) };
  };
}
