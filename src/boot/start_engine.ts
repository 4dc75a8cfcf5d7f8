/** The actor runtime with every kind of actor it runs and the effects beside them. */
import { defineKind } from "../actors/actor_kind.ts";
import { DEFAULT_RUNTIME_LIMITS } from "../actors/limits.ts";
import type { EffectRunner, Meter, Store } from "../actors/ports.ts";
import { Registry } from "../actors/registry.ts";
import type { FailureListener } from "../actors/supervision.ts";
import { assertNever } from "../domain/assert_never.ts";
import type { Abilities } from "../domain/adaptive/prediction.ts";
import { learner } from "../domain/learner/aggregate.ts";
import { abilitiesFromView } from "../domain/learner/knowledge.ts";
import { learnerAddress, type LearnerCommand } from "../domain/learner/messages.ts";
import { session } from "../domain/session/aggregate.ts";
import { createChooseItem } from "../effects/choose_item.ts";
import type { CourseCache } from "../effects/course_cache.ts";
import { predictByElo } from "../effects/elo_predictor.ts";
import { systemChance, systemClock } from "./system_ports.ts";

export interface EngineParts {
  readonly node: string;
  readonly store: Store;
  readonly courses: CourseCache;
  readonly meter: Meter;
  readonly failures?: FailureListener;
}

const noEffects: EffectRunner<never, LearnerCommand> = (effect) => assertNever(effect);

/** The learner's abilities as their actor knows them now; null when the actor cannot be read. */
async function readAbilities(registry: Registry, learnerId: string, courseId: string): Promise<Abilities | null> {
  const outcome = await registry.read(learnerAddress(learnerId), { userId: learnerId, role: "student" });
  return outcome.kind === "read" ? abilitiesFromView(outcome.state, courseId) : null;
}

/** Starts the runtime; its actors come up as they are spoken to. */
export async function startEngine({ node, store, courses, meter, failures }: EngineParts): Promise<Registry> {
  const chooseItem = createChooseItem({
    courseById: (courseId) => courses.byId(courseId),
    readAbilities: (learnerId, courseId) => readAbilities(registry, learnerId, courseId),
    predict: predictByElo,
  });
  const registry = new Registry({
    node,
    kinds: [defineKind(session, chooseItem), defineKind(learner, noEffects)],
    store,
    clock: systemClock,
    chance: systemChance,
    meter,
    limits: DEFAULT_RUNTIME_LIMITS,
    ...failures === undefined ? {} : { failures },
  });
  await registry.start();
  return registry;
}
