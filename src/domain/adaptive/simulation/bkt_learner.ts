/** A learner by Bayesian knowledge tracing with forgetting: each skill is known or not, and comes and goes by chance. */
import type { Course, Item } from "../../curriculum/course.ts";
import { type Random, uniformBetween } from "./draws.ts";
import { probabilityWhen } from "./guess_and_slip.ts";
import type { SimulatedLearner } from "./simulated_learner.ts";

/** Ranges that a learner's parameters are drawn from, one draw a skill. */
const KNOWN_AT_START = { min: 0.05, max: 0.3 } as const;
const LEARN = { min: 0.08, max: 0.25 } as const;
/** For every item on other skills: known skills have a half-life of 460 to 3500 items. */
const FORGET = { min: 0.0002, max: 0.0015 } as const;

interface TracedSkill {
  known: boolean;
  readonly learn: number;
  readonly forget: number;
}

/**
 * Corbett and Anderson, "Knowledge tracing", UMUAI 4 (1995): an unknown skill becomes known with P(T) at each practice,
 * right or wrong. Forgetting as in Khajah, Lindsey and Mozer, "How deep is knowledge tracing?", EDM 2016: a known skill
 * becomes unknown with P(F) at each item that does not practise it. Prerequisites play no part. Mastered means known.
 */
export function newBktLearner(course: Course, random: Random): SimulatedLearner {
  const skills = new Map<string, TracedSkill>(course.skills.map(({ id }) => [id, {
    known: random() < uniformBetween(random, KNOWN_AT_START.min, KNOWN_AT_START.max),
    learn: uniformBetween(random, LEARN.min, LEARN.max),
    forget: uniformBetween(random, FORGET.min, FORGET.max),
  }]));
  const knows = (id: string) => skills.get(id)?.known ?? false;
  return {
    hasMastered: knows,
    probabilityRight: ({ skills, difficulty }: Item) =>
      probabilityWhen(skills.every(knows) ? "known" : "unknown", difficulty),
    practise(item) {
      for (const [id, skill] of skills) {
        const chance = random();
        if (item.skills.includes(id)) skill.known ||= chance < skill.learn;
        else skill.known &&= chance >= skill.forget;
      }
    },
  };
}
