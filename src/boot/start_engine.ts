/** The actor runtime with every kind of actor it runs and the effects beside them. */
import { DEFAULT_RUNTIME_LIMITS } from "../actors/limits.ts";
import type { Meter, Store } from "../actors/ports.ts";
import { Registry } from "../actors/registry.ts";
import type { FailureListener } from "../actors/supervision.ts";
import type { AskModel } from "../domain/adaptive/model_question.ts";
import type { LanguageModel } from "../domain/llm/language_model.ts";
import { AskedItems } from "../effects/asked_items.ts";
import type { ChoiceSources } from "../effects/choice_basis.ts";
import type { CourseCache } from "../effects/course_cache.ts";
import type { PostgresListings } from "../store/listings.ts";
import { choiceSources } from "./choice_sources.ts";
import type { Content } from "./content.ts";
import { engineKinds } from "./engine_kinds.ts";
import { questParts } from "./quest_parts.ts";
import { tellingWhatIsAsked } from "./tell_asked.ts";
import { tellFromEffects } from "./tell_from_effects.ts";
import { systemChance, systemClock } from "./system_ports.ts";

export interface EngineParts extends Content {
  readonly node: string;
  readonly store: Store;
  readonly courses: CourseCache;
  /** Null where the deployment runs without a knowledge model. */
  readonly askModel: AskModel | null;
  /** Null where the deployment runs without one. */
  readonly languageModel: LanguageModel | null;
  /** Ids of the courses changed last, newest first. */
  readonly newestCourses: (limit: number) => Promise<readonly string[]>;
  /** Whether the learner is a student of some class. */
  readonly isTaught: (learnerId: string) => Promise<boolean>;
  readonly listings: Pick<PostgresListings, "asked">;
  readonly meter: Meter;
  readonly failures?: FailureListener;
}

export interface Engine {
  readonly registry: Registry;
  /** What its choices read, for others who choose. */
  readonly sources: ChoiceSources;
  /** What lessons ask, for the edge too. */
  readonly asked: AskedItems;
}

/** Starts the runtime; its actors come up as they are spoken to. */
export async function startEngine(parts: EngineParts): Promise<Engine> {
  const { node, store, courses, askModel, badges, meter, failures } = parts;
  const asked = new AskedItems((userIds) => parts.listings.asked(userIds), systemClock.nowMs);
  const sources = choiceSources({
    registry: () => registry,
    courseById: (courseId) => courses.byId(courseId),
    askModel,
    meter,
    nowMs: systemClock.nowMs,
  });
  const registry: Registry = new Registry({
    node,
    kinds: engineKinds({
      sources,
      askModel,
      badges,
      quests: questParts(() => registry, parts.questTemplates, parts),
      askedOf: (userIds) => asked.of(userIds),
      languageModel: parts.languageModel,
      tell: tellFromEffects(() => registry),
    }),
    store: tellingWhatIsAsked(store, () => asked.forget()),
    clock: systemClock,
    chance: systemChance,
    meter,
    limits: DEFAULT_RUNTIME_LIMITS,
    ...failures === undefined ? {} : { failures },
  });
  await registry.start();
  return { registry, sources, asked };
}
