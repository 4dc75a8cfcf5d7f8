/** Every kind of actor that the engine runs, with the effects beside it. */
import { type ActorKind, defineKind } from "../actors/actor_kind.ts";
import { DEFAULT_KIND_LIMITS, type KindLimits } from "../actors/limits.ts";
import type { EffectRunner, TellFromEffect } from "../actors/ports.ts";
import type { AskModel } from "../domain/adaptive/model_question.ts";
import { assertNever } from "../domain/assert_never.ts";
import { classroom } from "../domain/classroom/aggregate.ts";
import { course } from "../domain/course/aggregate.ts";
import type { AskedOf } from "../domain/curriculum/asked_item.ts";
import { debate } from "../domain/debate/aggregate.ts";
import { createLearner } from "../domain/learner/aggregate.ts";
import type { LanguageModel } from "../domain/llm/language_model.ts";
import { matching } from "../domain/matching/aggregate.ts";
import { questBoard } from "../domain/quest_board/aggregate.ts";
import type { BadgeRule } from "../domain/rewards/badge.ts";
import { room } from "../domain/room/aggregate.ts";
import { session } from "../domain/session/aggregate.ts";
import { submission } from "../domain/submission/aggregate.ts";
import { teamQuest } from "../domain/team_quest/aggregate.ts";
import type { ChoiceSources } from "../effects/choice_basis.ts";
import { createClassroomEffects } from "../effects/classroom_effects.ts";
import { createDebateEffects } from "../effects/debate_effects.ts";
import { createDraftEvaluation } from "../effects/draft_evaluation.ts";
import { createLearnerEffects } from "../effects/learner_effects.ts";
import { createMatchingEffects } from "../effects/matching_effects.ts";
import type { QuestParts } from "../effects/propose_quests.ts";
import { createRoomEffects } from "../effects/room_effects.ts";
import { createSessionEffects } from "../effects/session_effects.ts";

/** All learners write to the one board. */
const BOARD_LIMITS: KindLimits = { ...DEFAULT_KIND_LIMITS, mailboxMax: 1_024 };
/** A course's state is large and its events are small, so it is saved more seldom; all its learners write to it. */
const COURSE_LIMITS: KindLimits = { ...DEFAULT_KIND_LIMITS, snapshotEveryEvents: 2_000, mailboxMax: 1_024 };

/** A whole class answers at once, and repeats what was not acknowledged after a restart. */
const CLASSROOM_LIMITS: KindLimits = {
  ...DEFAULT_KIND_LIMITS,
  mailboxMax: 2_048,
  pipelineTurnsMax: 256,
  recentCommandsMax: 2_048,
  replayRingMax: 1_024,
  snapshotEveryEvents: 1_000,
  effectTimeoutMs: 30_000,
};

/** What a language model writes takes its time. */
const MODEL_LIMITS: KindLimits = { ...DEFAULT_KIND_LIMITS, effectTimeoutMs: 40_000 };

const noEffects: EffectRunner<never, unknown> = (effect) => assertNever(effect);

export interface KindParts {
  readonly sources: ChoiceSources;
  /** Null where the deployment runs without a knowledge model. */
  readonly askModel: AskModel | null;
  readonly badges: readonly BadgeRule[];
  readonly quests: QuestParts;
  readonly askedOf: AskedOf;
  /** Null where the deployment runs without one. */
  readonly languageModel: LanguageModel | null;
  /** For effects whose results come in parts. */
  readonly tell: TellFromEffect;
}

/** The kinds, for a registry that runs them. */
export function engineKinds(parts: KindParts): readonly ActorKind[] {
  const { sources, askModel, badges, quests, askedOf, languageModel, tell } = parts;
  return [
    defineKind(session, createSessionEffects({ ...sources, askedOf }, languageModel, tell), MODEL_LIMITS),
    defineKind(createLearner(badges), createLearnerEffects(askModel, { ...sources, ...quests })),
    defineKind(course, noEffects, COURSE_LIMITS),
    defineKind(questBoard, noEffects, BOARD_LIMITS),
    defineKind(teamQuest, noEffects),
    defineKind(classroom, createClassroomEffects(sources), CLASSROOM_LIMITS),
    defineKind(room, createRoomEffects({ ...sources, askedOf })),
    defineKind(matching, createMatchingEffects(sources)),
    defineKind(debate, createDebateEffects(languageModel), MODEL_LIMITS),
    defineKind(submission, createDraftEvaluation(languageModel), MODEL_LIMITS),
  ];
}
