/** Every kind of actor that the engine runs, with the effects beside it. */
import { type ActorKind, defineKind } from "../actors/actor_kind.ts";
import { DEFAULT_KIND_LIMITS, type KindLimits } from "../actors/limits.ts";
import type { EffectRunner, Meter } from "../actors/ports.ts";
import type { Registry } from "../actors/registry.ts";
import type { AskModel } from "../domain/adaptive/model_question.ts";
import { assertNever } from "../domain/assert_never.ts";
import { course } from "../domain/course/aggregate.ts";
import { courseAddress, type CourseCommand } from "../domain/course/messages.ts";
import type { CourseEdition } from "../domain/curriculum/course.ts";
import { ENGINE } from "../domain/engine.ts";
import { learner } from "../domain/learner/aggregate.ts";
import { learnerFromView } from "../domain/learner/knowledge.ts";
import { learnerAddress } from "../domain/learner/messages.ts";
import { session } from "../domain/session/aggregate.ts";
import type { LearnerReading } from "../effects/choice_basis.ts";
import { createKnowledgePredictor } from "../effects/knowledge_predictor.ts";
import { createReadAnswers } from "../effects/read_answers.ts";
import { createSessionEffects } from "../effects/session_effects.ts";
import { type CourseDoor, StatisticsCache } from "../effects/statistics_cache.ts";

export interface KindParts {
  /** The registry that these kinds will be part of; asked once something runs. */
  readonly registry: () => Registry;
  readonly courseById: (courseId: string) => Promise<CourseEdition | null>;
  /** Null where the deployment runs without a knowledge model. */
  readonly askModel: AskModel | null;
  readonly meter: Meter;
  readonly nowMs: () => number;
}

/** A course's state is large and its events are small, so it is saved more seldom; all its learners write to it. */
const COURSE_LIMITS: KindLimits = { ...DEFAULT_KIND_LIMITS, snapshotEveryEvents: 2_000, mailboxMax: 1_024 };

const noEffects: EffectRunner<never, CourseCommand> = (effect) => assertNever(effect);

/** The learner as their actor knows them now; null when the actor cannot be read. */
async function readLearner(registry: Registry, learnerId: string): Promise<LearnerReading | null> {
  const outcome = await registry.read(learnerAddress(learnerId), ENGINE);
  const learner = outcome.kind === "read" ? learnerFromView(outcome.state) : null;
  return outcome.kind === "read" && learner !== null ? { learner, seq: outcome.seq } : null;
}

function courseDoor(registry: () => Registry): CourseDoor {
  return {
    async read(courseId) {
      const outcome = await registry().read(courseAddress(courseId), ENGINE);
      return outcome.kind === "read" ? outcome.state : null;
    },
    async list(courseId, items) {
      // To list what is listed changes nothing, so every call may be a command of its own.
      const from = { commandId: `list-${crypto.randomUUID()}`, origin: { kind: "effect", basisSeq: 0 } } as const;
      const reply = await registry().tell(courseAddress(courseId), { type: "list_items", items }, from);
      return reply.kind === "done";
    },
  };
}

/** The kinds, for a registry that runs them. */
export function engineKinds({ registry, courseById, askModel, meter, nowMs }: KindParts): readonly ActorKind[] {
  const statistics = new StatisticsCache(courseDoor(registry), nowMs);
  const runSessionEffect = createSessionEffects({
    courseById,
    statisticsOf: (course) => statistics.of(course),
    readLearner: (learnerId) => readLearner(registry(), learnerId),
    predict: createKnowledgePredictor(askModel, meter),
    nowMs,
  });
  return [
    defineKind(session, runSessionEffect),
    defineKind(learner, createReadAnswers(askModel)),
    defineKind(course, noEffects, COURSE_LIMITS),
  ];
}
