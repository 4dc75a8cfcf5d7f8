/** Every kind of actor that the engine runs, with the effects beside it. */
import { type ActorKind, defineKind } from "../actors/actor_kind.ts";
import { DEFAULT_KIND_LIMITS, type KindLimits } from "../actors/limits.ts";
import type { EffectRunner } from "../actors/ports.ts";
import type { AskModel } from "../domain/adaptive/model_question.ts";
import { assertNever } from "../domain/assert_never.ts";
import { course } from "../domain/course/aggregate.ts";
import type { CourseCommand } from "../domain/course/messages.ts";
import { createLearner } from "../domain/learner/aggregate.ts";
import type { BadgeRule } from "../domain/rewards/badge.ts";
import { session } from "../domain/session/aggregate.ts";
import type { ChoiceSources } from "../effects/choice_basis.ts";
import { createReadAnswers } from "../effects/read_answers.ts";
import { createSessionEffects } from "../effects/session_effects.ts";

/** A course's state is large and its events are small, so it is saved more seldom; all its learners write to it. */
const COURSE_LIMITS: KindLimits = { ...DEFAULT_KIND_LIMITS, snapshotEveryEvents: 2_000, mailboxMax: 1_024 };

const noEffects: EffectRunner<never, CourseCommand> = (effect) => assertNever(effect);

/**
 * The kinds, for a registry that runs them.
 * @param askModel null where the deployment runs without a knowledge model
 */
export function engineKinds(
  sources: ChoiceSources,
  askModel: AskModel | null,
  badges: readonly BadgeRule[],
): readonly ActorKind[] {
  return [
    defineKind(session, createSessionEffects(sources)),
    defineKind(createLearner(badges), createReadAnswers(askModel)),
    defineKind(course, noEffects, COURSE_LIMITS),
  ];
}
