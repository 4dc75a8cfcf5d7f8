/** What speaks for each candidate: the terms of its score, each a plain number between 0 and 1 or a count of steps. */
import type { Item } from "../curriculum/course.ts";
import { type ChoiceSituation, SKILL_MEMORY_ITEMS } from "./choice_situation.ts";
import { clamp } from "./logistic.ts";
import { DOUBTED_IN_A_ROW_MORE } from "./mastered_skills.ts";
import type { MetItem } from "./met_item.ts";
import { interestTerm, presentationTerm } from "./preference_terms.ts";
import type { Pace } from "./preferences.ts";
import { type ScoreTerms, storedTerms } from "./score.ts";

/** Right answers in a row after which nothing is left to learn, whatever the rating: more for who likes to be sure. */
const LEARNT_IN_A_ROW: { readonly [pace in Pace]: number } = { unhurried: 6, steady: 4, brisk: 3 };
/** Luck makes such rows too: no more than this share of what is left is taken for learnt by one. */
const ROW_SHARE_MAX = 0.9;
/** What the goal does not rest on counts so much of what it does. */
const BESIDE_THE_GOAL = 0.5;
/** A goal's prerequisites serve it, but are not it. */
const BELOW_THE_GOAL = 0.5;
/** Answers that each item is taken to have had, so that early ones do not look far apart. */
const EXPOSURE_PRIOR_ANSWERS = 5;

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/**
 * `(1 - p) (1 - 0.9 r / R)`: p chance on an average item of the skill, r right answers in a row of the R that are enough.
 * Where mastery is in doubt the chance is too, and R is larger.
 */
function leftToLearn({ reading, preferences, doubted }: ChoiceSituation, skillId: string): number {
  const enough = LEARNT_IN_A_ROW[preferences.pace ?? "steady"];
  const row = reading.rightInARow(skillId);
  if (doubted.has(skillId)) return 1 - Math.min(1, row / (enough + DOUBTED_IN_A_ROW_MORE));
  return (1 - reading.masteryOf(skillId).probability) * (1 - ROW_SHARE_MAX * Math.min(1, row / enough));
}

/**
 * Fisher information of an answer, `p (1 - p)` scaled to 1 at even odds; times what it tells about: how unsure the
 * skills' mastery is, or, while the start is being found, how much of the course an answer is expected to settle.
 */
function informationTerm(
  { reading }: ChoiceSituation,
  { skills }: Item,
  { probability, settles }: { readonly probability: number; readonly settles: ReadonlyMap<string, number> },
): number {
  const unsure = (id: string) => {
    const { low, high } = reading.masteryOf(id);
    return high - low;
  };
  const about = skills.map((id) => settles.size > 0 ? settles.get(id) ?? 0 : unsure(id));
  return 4 * probability * (1 - probability) * mean(about);
}

function goalTerm({ goals, needed }: ChoiceSituation, { skills }: Item): number {
  if (skills.some((id) => goals.has(id))) return 1;
  return needed !== null && skills.some((id) => needed.has(id)) ? BELOW_THE_GOAL : 0;
}

/** Of the item's skills that are due, how likely the one most at risk is forgotten. */
function reviewTerm({ skills }: Item, { forgotten }: ChoiceSituation): number {
  return skills.reduce((most, id) => Math.max(most, forgotten.get(id) ?? 0), 0);
}

/** 1 at the latest turn, fading with the turns since. */
function repeatedItem(item: Item, history: readonly MetItem[]): number {
  const lastMet = history.findLastIndex((met) => met.itemId === item.id);
  return lastMet < 0 ? 0 : 1 / (history.length - lastMet);
}

function repeatedSkills(item: Item, recent: readonly ReadonlySet<string>[]): number {
  return recent.filter((met) => item.skills.every((skill) => met.has(skill))).length / SKILL_MEMORY_ITEMS;
}

function skillsKey({ skills }: Item): string {
  return skills.join(" ");
}

/**
 * Holds back what the course serves far oftener than its equals, so that no item is worn out: 0 up to twice the mean of
 * the candidates on the same skills, 1 from four times on, `log2(ratio) - 1` between. In place of the administration
 * probabilities of Sympson and Hetter (1985), which would have to be fitted for every course.
 */
export function exposures({ reading }: ChoiceSituation, items: readonly Item[]): readonly number[] {
  const times = items.map((item) => reading.timesAnswered(item) + EXPOSURE_PRIOR_ANSWERS);
  const equals = new Map<string, { sum: number; count: number }>();
  for (const [i, item] of items.entries()) {
    const key = skillsKey(item);
    const { sum, count } = equals.get(key) ?? { sum: 0, count: 0 };
    equals.set(key, { sum: sum + (times[i] ?? 0), count: count + 1 });
  }
  return items.map((item, i) => {
    const { sum, count } = equals.get(skillsKey(item)) ?? { sum: 1, count: 1 };
    return clamp(Math.log2((times[i] ?? 0) * count / sum) - 1, 0, 1);
  });
}

/** What weighing knows of one candidate besides the situation. */
export interface CandidateFacts {
  /** Of a right answer, as the receipt holds it. */
  readonly probability: number;
  readonly targetProbability: number;
  /** As {@link exposures} gives it. */
  readonly exposure: number;
  /** How much an answer on a skill is expected to settle; empty except where the start is being found. */
  readonly settles: ReadonlyMap<string, number>;
}

/** The terms as a receipt holds them. */
export function scoreTerms(situation: ChoiceSituation, item: Item, facts: CandidateFacts): ScoreTerms {
  const { reading, preferences, history, recentSkills, needed, difficulty } = situation;
  const relevance = (id: string) => needed === null || needed.has(id) ? 1 : BESIDE_THE_GOAL;
  return storedTerms({
    target: 1 - Math.abs(facts.probability - facts.targetProbability),
    gain: mean(item.skills.map((id) => relevance(id) * leftToLearn(situation, id))),
    goal: goalTerm(situation, item),
    information: informationTerm(situation, item, facts),
    review: reviewTerm(item, situation),
    repeatedItem: repeatedItem(item, history),
    repeatedSkills: repeatedSkills(item, recentSkills),
    newSkill: item.skills.some((id) => reading.masteryOf(id).answers === 0) ? 1 : 0,
    exposure: facts.exposure,
    presentation: presentationTerm(item, preferences),
    interest: interestTerm(item, preferences),
    wishSteps: difficulty === null ? 0 : Math.abs(item.difficulty - difficulty),
  });
}
