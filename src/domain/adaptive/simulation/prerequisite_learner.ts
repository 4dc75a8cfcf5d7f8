/** A learner who can learn a skill only once all that it rests on is known. */
import type { Course, Item } from "../../curriculum/course.ts";
import { type Random, uniformBetween } from "./draws.ts";
import { fromTheGroundUp } from "./from_the_ground_up.ts";
import { probabilityWhen } from "./guess_and_slip.ts";
import type { SimulatedLearner } from "./simulated_learner.ts";

/** Chance that a skill is known at the start, given that its prerequisites are. */
const KNOWN_AT_START = { min: 0.1, max: 0.6 } as const;
/** Chance to learn at each practice, one draw a skill, while prerequisites are known; otherwise 0. */
const LEARN = { min: 0.08, max: 0.25 } as const;

/**
 * Knowledge space theory (Doignon and Falmagne, "Spaces for the assessment of knowledge", 1985): what is known is closed
 * under prerequisites, and only a skill on its outer fringe can be learnt next. Answers by the basic local independence
 * model: known unless a careless slip, unknown unless a lucky guess. Nothing is forgotten. Mastered means known.
 */
export function newPrerequisiteLearner(course: Course, random: Random): SimulatedLearner {
  const needed = new Map(course.skills.map(({ id, prerequisites }) => [id, prerequisites]));
  const known = new Set<string>();
  const learn = new Map<string, number>();
  const isReady = (id: string) => needed.get(id)?.every((other) => known.has(other)) ?? false;
  const preparation = uniformBetween(random, KNOWN_AT_START.min, KNOWN_AT_START.max);
  for (const id of fromTheGroundUp(course)) {
    learn.set(id, uniformBetween(random, LEARN.min, LEARN.max));
    if (random() < preparation && isReady(id)) known.add(id);
  }
  return {
    hasMastered: (id) => known.has(id),
    probabilityRight: ({ skills, difficulty }: Item) =>
      probabilityWhen(skills.every((id) => known.has(id)) ? "known" : "unknown", difficulty),
    practise({ skills }) {
      for (const id of skills) if (random() < (learn.get(id) ?? 0) && isReady(id)) known.add(id);
    },
  };
}
