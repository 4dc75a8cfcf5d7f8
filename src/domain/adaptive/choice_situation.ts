/** Everything a choice looks at, whichever policy makes it. */
import type { Course } from "../curriculum/course.ts";
import type { Difficulty } from "../curriculum/rendered_item.ts";
import type { ChoicePolicy } from "./choice_policy.ts";
import type { DueReview } from "./due_review.ts";
import type { Foundations } from "./foundations.ts";
import { type KnowledgeReading, readOnce } from "./knowledge_reading.ts";
import { doubtedSkills, masteredSkills } from "./mastered_skills.ts";
import type { MetItem } from "./met_item.ts";
import { type Placement, placementOf } from "./placement.ts";
import type { LearnerPreferences } from "./preferences.ts";
import { type SkillsById, skillsById } from "./skill_graph.ts";

/** What is asked of the learner's session. */
export interface ChoiceAims {
  /** A skill to stay within, with all it rests on; null for the whole course. One the course lacks counts as null. */
  readonly topic: string | null;
  /** Skills to reach, each by its id or title in any case; whatever else is said there is passed over. */
  readonly objectives: readonly string[];
  /** The wish for this session; null leaves it to the learner's preferences. */
  readonly difficulty: Difficulty | null;
  /** How many items the session takes. */
  readonly targetItems: number;
}

export interface ChoiceInputs {
  readonly course: Course;
  /** Of the course's skills. */
  readonly foundations: Foundations;
  readonly reading: KnowledgeReading;
  readonly aims: ChoiceAims;
  readonly preferences: LearnerPreferences;
  /** Most overdue first. */
  readonly reviews: readonly DueReview[];
  /** Latest last. */
  readonly history: readonly MetItem[];
  /** Ids of the items answered right in this session, those that `history` no longer holds included. */
  readonly right: ReadonlySet<string>;
  /** By which candidates are thinned out where there are too many: another number each time. */
  readonly sampleSeed: number;
  /** What chose each item of `history`, same order. */
  readonly pastPolicies: readonly ChoicePolicy[];
}

/** Items back to which a choice minds which skills were practised. */
export const SKILL_MEMORY_ITEMS = 3;

/** The inputs with what several steps of a choice take from them, worked out once. */
export interface ChoiceSituation extends ChoiceInputs {
  readonly byId: SkillsById;
  readonly topic: string | null;
  /** The topic, the session's objectives and the learner's own goals, as far as they are skills of the course. */
  readonly goals: ReadonlySet<string>;
  /** The goals and all they rest on; null where there are none: then all is. */
  readonly needed: ReadonlySet<string> | null;
  readonly mastered: ReadonlySet<string>;
  /** Where the learner stands on every skill, those never asked about included. */
  readonly placement: ReadonlyMap<string, Placement>;
  /** Mastered, or never asked about and known by what rests on it: what builds on these may come. */
  readonly met: ReadonlySet<string>;
  /** Mastery of these is in doubt: see {@link doubtedSkills}. */
  readonly doubted: ReadonlySet<string>;
  readonly difficulty: Difficulty | null;
  /** By skill that is due for review: how likely it is forgotten, 0 to 1. */
  readonly forgotten: ReadonlyMap<string, number>;
  /** Of each of the items met last, at most {@link SKILL_MEMORY_ITEMS}. */
  readonly recentSkills: readonly ReadonlySet<string>[];
}

/** The skills of which an objective is the id or the title. */
function skillsNamed({ skills }: Course, objectives: readonly string[]): readonly string[] {
  const named = new Set(objectives.map((objective) => objective.trim().toLowerCase()));
  return skills.filter(({ id, title }) => named.has(id) || named.has(title.trim().toLowerCase())).map(({ id }) => id);
}

export function choiceSituation(inputs: ChoiceInputs): ChoiceSituation {
  const { course, foundations, aims, preferences, reviews, history } = inputs;
  const reading = readOnce(inputs.reading);
  const byId = skillsById(course);
  const doubted = doubtedSkills(course, reading);
  const mastered = masteredSkills(course, reading, doubted);
  const placement = placementOf(reading, byId, foundations);
  const implied = [...placement].filter(([id, place]) => place.implies === "known" && !doubted.has(id)).map(([id]) =>
    id
  );
  const topic = aims.topic !== null && byId.has(aims.topic) ? aims.topic : null;
  const wished = [...topic === null ? [] : [topic], ...skillsNamed(course, aims.objectives), ...preferences.goals];
  const goals = new Set(wished.filter((id) => byId.has(id)));
  return {
    ...inputs,
    reading,
    byId,
    topic,
    goals,
    needed: goals.size === 0 ? null : foundations.under(goals),
    mastered,
    placement,
    met: new Set([...mastered, ...implied]),
    doubted,
    difficulty: aims.difficulty ?? preferences.difficulty,
    forgotten: new Map(reviews.map(({ skillId, retrievability }) => [skillId, 1 - retrievability])),
    recentSkills: history.slice(-SKILL_MEMORY_ITEMS).map(({ skills }) => new Set(skills)),
  };
}
