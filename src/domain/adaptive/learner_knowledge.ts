/** What one learner's answers in one course tell: abilities, recent outcomes, counts and recency, in bounded space. */
import type { Answered, ItemPlace } from "./answered.ts";
import type { ReadableStatistics } from "./catalogue_statistics.ts";
import { clamp } from "./logistic.ts";

/** Skills and items beyond these: the ones met longest ago are forgotten. */
export const SKILLS_REMEMBERED_MAX = 512;
export const ITEMS_REMEMBERED_MAX = 1024;
/** The items met last, each of which may tell something about any other. */
export const RECENT_ITEMS_MAX = 20;

/** The last outcome: right, wrong, or none yet. */
export type Outcome = 1 | -1 | 0;

export interface SkillKnowledge {
  /** Deviation from the overall ability, in logits. */
  readonly ability: number;
  readonly answers: number;
  readonly right: number;
  /** Running averages of outcome - 1/2 and of residuals, at rates .5 and .2. */
  readonly outcomeFast: number;
  readonly outcomeSlow: number;
  readonly residualFast: number;
  readonly residualSlow: number;
  readonly last: Outcome;
  /** How many answers the learner had given before it was last met. */
  readonly metAt: number;
  readonly metAtS: number | null;
  readonly rightInARow: number;
  readonly wrongInARow: number;
  /** Sum of p (1 - p) over the answers, in logits^-2: how much they tell about the ability. */
  readonly information: number;
}

export interface ItemKnowledge {
  readonly answers: number;
  readonly right: number;
  readonly residual: number;
  readonly last: Outcome;
  readonly metAt: number;
}

/** An item met lately and how its last answer went. */
export interface RecentItem {
  readonly item: number;
  readonly correct: boolean;
}

/** Running averages at rates .5, .2 and .05. */
export interface Averages {
  fast: number;
  medium: number;
  slow: number;
}

/** The network's memory of the learner, of no meaning to any other version of it. */
export interface HiddenState {
  readonly model: string;
  readonly values: readonly number[];
}

/** Mutable, with one owner: a snapshot is what is shared. Entries of `skills` and `items` never change. */
export interface LearnerKnowledge {
  ability: number;
  /** With a step that does not shrink. */
  abilityFast: number;
  answers: number;
  right: number;
  rightInARow: number;
  wrongInARow: number;
  readonly outcome: Averages;
  readonly residual: Averages;
  /** Running average of the expected success - 1/2, at rate .2. */
  expected: number;
  /** Newest first. */
  lastFive: readonly [Outcome, Outcome, Outcome, Outcome, Outcome];
  previous: { readonly place: ItemPlace; readonly correct: boolean } | null;
  /** Newest first, each item once. */
  recentItems: readonly RecentItem[];
  lastAtS: number | null;
  /** Natural logarithms of 1 + seconds; 0 before the first known one. */
  lastLogResponse: number;
  meanLogResponse: number;
  responses: number;
  readonly skills: Map<number, SkillKnowledge>;
  readonly items: Map<number, ItemKnowledge>;
  hidden: HiddenState | null;
}

export const UNMET_SKILL: SkillKnowledge = {
  ability: 0,
  answers: 0,
  right: 0,
  outcomeFast: 0,
  outcomeSlow: 0,
  residualFast: 0,
  residualSlow: 0,
  last: 0,
  metAt: -1,
  metAtS: null,
  rightInARow: 0,
  wrongInARow: 0,
  information: 0,
};

export function newKnowledge(): LearnerKnowledge {
  return {
    ability: 0,
    abilityFast: 0,
    answers: 0,
    right: 0,
    rightInARow: 0,
    wrongInARow: 0,
    outcome: { fast: 0, medium: 0, slow: 0 },
    residual: { fast: 0, medium: 0, slow: 0 },
    expected: 0,
    lastFive: [0, 0, 0, 0, 0],
    previous: null,
    recentItems: [],
    lastAtS: null,
    lastLogResponse: 0,
    meanLogResponse: 0,
    responses: 0,
    skills: new Map(),
    items: new Map(),
    hidden: null,
  };
}

/** The learner's ability at an item: overall plus the mean of its skills' deviations, in logits. */
export function abilityAt(knowledge: LearnerKnowledge, { skills }: ItemPlace): number {
  if (skills.length === 0) return knowledge.ability;
  let sum = 0;
  for (const skill of skills) sum += knowledge.skills.get(skill)?.ability ?? 0;
  return knowledge.ability + sum / skills.length;
}

/** Ability minus difficulty: log-odds of a right answer, before the network is asked. */
export function eloLogit(knowledge: LearnerKnowledge, statistics: ReadableStatistics, place: ItemPlace): number {
  return abilityAt(knowledge, place) - statistics.difficulty(place);
}

function towards(average: number, value: number, rate: number): number {
  return average + rate * (value - average);
}

function moveAverages(averages: Averages, value: number): void {
  averages.fast = towards(averages.fast, value, 0.5);
  averages.medium = towards(averages.medium, value, 0.2);
  averages.slow = towards(averages.slow, value, 0.05);
}

/** Forgets the quarter met longest ago once there are more than `max`, but nothing met at `now`, the present answer. */
function forgetOldest(entries: Map<number, { readonly metAt: number }>, max: number, now: number): void {
  if (entries.size <= max) return;
  const oldestFirst = [...entries].filter(([, { metAt }]) => metAt < now).sort(([, a], [, b]) => a.metAt - b.metAt);
  for (const [key] of oldestFirst.slice(0, entries.size - Math.floor(max * 0.75))) entries.delete(key);
}

function skillAfter(before: SkillKnowledge, knowledge: LearnerKnowledge, answered: Answered, expected: number) {
  const right = answered.correct ? 1 : 0;
  const residual = right - expected;
  const step = (0.7 * clamp(1 / (1 + 0.25 * before.answers), 0.18, 1)) / Math.sqrt(answered.place.skills.length);
  return {
    ability: before.ability + step * residual,
    answers: before.answers + 1,
    right: before.right + right,
    outcomeFast: towards(before.outcomeFast, right - 0.5, 0.5),
    outcomeSlow: towards(before.outcomeSlow, right - 0.5, 0.2),
    residualFast: towards(before.residualFast, residual, 0.5),
    residualSlow: towards(before.residualSlow, residual, 0.2),
    last: answered.correct ? 1 : -1,
    metAt: knowledge.answers,
    metAtS: answered.atS,
    rightInARow: answered.correct ? before.rightInARow + 1 : 0,
    wrongInARow: answered.correct ? 0 : before.wrongInARow + 1,
    information: before.information + expected * (1 - expected),
  } as const;
}

function recordItem(knowledge: LearnerKnowledge, { place, correct }: Answered, residual: number): void {
  const before = knowledge.items.get(place.item);
  knowledge.items.set(place.item, {
    answers: (before?.answers ?? 0) + 1,
    right: (before?.right ?? 0) + (correct ? 1 : 0),
    residual: towards(before?.residual ?? 0, residual, 0.5),
    last: correct ? 1 : -1,
    metAt: knowledge.answers,
  });
  forgetOldest(knowledge.items, ITEMS_REMEMBERED_MAX, knowledge.answers);
}

function recordTime(knowledge: LearnerKnowledge, { atS, responseMs }: Answered): void {
  // A clock that ran backwards would make gaps negative; it waits instead.
  if (atS !== null) knowledge.lastAtS = Math.max(atS, knowledge.lastAtS ?? atS);
  if (responseMs === null) return;
  knowledge.lastLogResponse = Math.log1p(Math.max(0, responseMs) / 1000);
  knowledge.responses += 1;
  const rate = Math.max(0.1, 1 / knowledge.responses);
  knowledge.meanLogResponse = towards(knowledge.meanLogResponse, knowledge.lastLogResponse, rate);
}

/**
 * Learns one answer. Steps shrink with the number of answers, as certainty grows; a right answer never lowers an ability.
 * @param expected probability of a right answer as {@link eloLogit} gave it just before
 */
export function recordAnswer(knowledge: LearnerKnowledge, answered: Answered, expected: number): void {
  const { place, correct } = answered;
  const right = correct ? 1 : 0;
  const residual = right - expected;
  for (const skill of place.skills) {
    const before = knowledge.skills.get(skill) ?? UNMET_SKILL;
    knowledge.skills.set(skill, skillAfter(before, knowledge, answered, expected));
  }
  forgetOldest(knowledge.skills, SKILLS_REMEMBERED_MAX, knowledge.answers);
  recordItem(knowledge, answered, residual);
  recordTime(knowledge, answered);
  knowledge.ability += 0.7 * clamp(1.2 / (1 + 0.12 * knowledge.answers), 0.08, 1.2) * residual;
  knowledge.abilityFast += 0.35 * residual;
  moveAverages(knowledge.outcome, right - 0.5);
  moveAverages(knowledge.residual, residual);
  knowledge.expected = towards(knowledge.expected, expected - 0.5, 0.2);
  const [first, second, third, fourth] = knowledge.lastFive;
  knowledge.lastFive = [correct ? 1 : -1, first, second, third, fourth];
  knowledge.rightInARow = correct ? knowledge.rightInARow + 1 : 0;
  knowledge.wrongInARow = correct ? 0 : knowledge.wrongInARow + 1;
  knowledge.previous = { place, correct };
  const others = knowledge.recentItems.filter(({ item }) => item !== place.item).slice(0, RECENT_ITEMS_MAX - 1);
  knowledge.recentItems = [{ item: place.item, correct }, ...others];
  knowledge.answers += 1;
  knowledge.right += right;
}
