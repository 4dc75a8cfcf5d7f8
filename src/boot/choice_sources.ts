/** Where choices and recommendations read what they rest on: the actors, the courses, and the knowledge model. */
import type { Meter } from "../actors/ports.ts";
import type { Registry } from "../actors/registry.ts";
import type { AskModel } from "../domain/adaptive/model_question.ts";
import { courseAddress } from "../domain/course/messages.ts";
import type { CourseEdition } from "../domain/curriculum/course.ts";
import { ENGINE } from "../domain/engine.ts";
import { learnerFromView } from "../domain/learner/knowledge.ts";
import { learnerAddress } from "../domain/learner/messages.ts";
import type { ChoiceSources, LearnerReading } from "../effects/choice_basis.ts";
import { createKnowledgePredictor } from "../effects/knowledge_predictor.ts";
import { type CourseDoor, StatisticsCache } from "../effects/statistics_cache.ts";

export interface SourceParts {
  /** The registry whose actors are read; asked once something runs. */
  readonly registry: () => Registry;
  readonly courseById: (courseId: string) => Promise<CourseEdition | null>;
  /** Null where the deployment runs without a knowledge model. */
  readonly askModel: AskModel | null;
  readonly meter: Meter;
  readonly nowMs: () => number;
}

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

/** One set for a process, so that statistics are read once for all. */
export function choiceSources({ registry, courseById, askModel, meter, nowMs }: SourceParts): ChoiceSources {
  const statistics = new StatisticsCache(courseDoor(registry), nowMs);
  return {
    courseById,
    statisticsOf: (course) => statistics.of(course),
    readLearner: (learnerId) => readLearner(registry(), learnerId),
    predict: createKnowledgePredictor(askModel, meter),
    nowMs,
  };
}
