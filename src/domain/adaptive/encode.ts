/** One learner facing one item, as the 75 numbers that the network reads. */
import { CONTEXT_SUBJECTS, CONTEXTS, PAIR_CONTEXTS_MAX, writeContexts, writePairContexts } from "./answer_contexts.ts";
import type { ItemPlace } from "./answered.ts";
import type { ReadableStatistics } from "./catalogue_statistics.ts";
import { abilityAt, type ItemKnowledge, type LearnerKnowledge } from "./learner_knowledge.ts";
import { clamp, logOdds, sigmoid } from "./logistic.ts";

export const FEATURES = 75;
/** Raised when a feature changes its meaning: weights are bound to it. */
export const FEATURES_VERSION = 2;
/** Where the {@link TIME_FEATURES} features of time begin; all 0 for learners without clocks. */
export const TIME_FEATURES_FROM = 66;
export const TIME_FEATURES = 6;

const FEATURE_MAX = 6;
const ITEM_CONTEXT_PRIOR = 3;
const SKILLS_CONTEXT_PRIOR = 5;
/** A pair of items counts half in the mean of pairs once it was met so often. */
const PAIR_HALF_WEIGHT_ANSWERS = 5;
/**
 * Shorter gaps read as 0: answers are stamped when they arrive, so a short gap tells how long the learner thought about
 * the very answer that is to be predicted. Longer ones are breaks between sittings.
 */
const BREAK_FROM_S = 600;

/** Writes features one after another, each kept finite and within ±6. */
class FeatureWriter {
  readonly #row: Float32Array;
  #at: number;

  constructor(row: Float32Array, at: number) {
    this.#row = row;
    this.#at = at;
  }

  put(feature: number): void {
    this.#row[this.#at++] = clamp(feature, -FEATURE_MAX, FEATURE_MAX);
  }
}

/** Means over the skills of an item of what the learner knows about each; unmet ones count as 0. */
interface SkillMeans {
  met: boolean;
  ability: number;
  answers: number;
  right: number;
  outcomeFast: number;
  outcomeSlow: number;
  residualFast: number;
  residualSlow: number;
  last: number;
  rightInARow: number;
  wrongInARow: number;
  /** Of the skill met last. */
  metAt: number;
  metAtS: number | null;
}

const NOTHING_MET: SkillMeans = {
  met: false,
  ability: 0,
  answers: 0,
  right: 0,
  outcomeFast: 0,
  outcomeSlow: 0,
  residualFast: 0,
  residualSlow: 0,
  last: 0,
  rightInARow: 0,
  wrongInARow: 0,
  metAt: -1,
  metAtS: null,
};

function skillMeans(knowledge: LearnerKnowledge, { skills }: ItemPlace): SkillMeans {
  const means: SkillMeans = { ...NOTHING_MET };
  const share = 1 / skills.length;
  for (const number of skills) {
    const skill = knowledge.skills.get(number);
    if (skill === undefined) continue;
    means.met = true;
    means.ability += share * skill.ability;
    means.answers += share * skill.answers;
    means.right += share * skill.right;
    means.outcomeFast += share * skill.outcomeFast;
    means.outcomeSlow += share * skill.outcomeSlow;
    means.residualFast += share * skill.residualFast;
    means.residualSlow += share * skill.residualSlow;
    means.last += share * skill.last;
    means.rightInARow += share * skill.rightInARow;
    means.wrongInARow += share * skill.wrongInARow;
    means.metAt = Math.max(means.metAt, skill.metAt);
    if (skill.metAtS !== null) means.metAtS = Math.max(means.metAtS ?? skill.metAtS, skill.metAtS);
  }
  return means;
}

/** Log-odds of a right answer by the statistics alone, at three levels. */
interface BaseRates {
  readonly course: number;
  readonly skills: number;
  readonly item: number;
}

function putCatalogue(
  writer: FeatureWriter,
  statistics: ReadableStatistics,
  place: ItemPlace,
  rates: BaseRates,
  authored: number,
): void {
  let logAnswers = 0;
  for (const skill of place.skills) logAnswers += Math.log1p(statistics.skillAnswers(skill)) / place.skills.length;
  writer.put(rates.item - rates.course);
  writer.put(rates.skills - rates.course);
  writer.put(rates.course);
  writer.put(Math.log1p(statistics.itemAnswers(place.item)) / 5);
  writer.put(logAnswers / 8);
  writer.put(statistics.difficulty(place) - authored);
  writer.put(statistics.itemDeviation(place.item) - authored);
}

function putAbilities(writer: FeatureWriter, knowledge: LearnerKnowledge, skill: SkillMeans, logit: number): void {
  writer.put(knowledge.ability);
  writer.put(skill.ability);
  writer.put(logit);
  writer.put(knowledge.abilityFast);
  writer.put(1 / Math.sqrt(1 + knowledge.answers));
  writer.put(1 / Math.sqrt(1 + skill.answers));
}

function putCounts(
  writer: FeatureWriter,
  knowledge: LearnerKnowledge,
  skill: SkillMeans,
  item: ItemKnowledge | undefined,
  courseRate: number,
): void {
  writer.put(Math.log1p(knowledge.right) / 3);
  writer.put(Math.log1p(knowledge.answers - knowledge.right) / 3);
  writer.put(Math.log1p(skill.right));
  writer.put(Math.log1p(Math.max(0, skill.answers - skill.right)));
  writer.put(item === undefined ? 0 : Math.log1p(item.right));
  writer.put(item === undefined ? 0 : Math.log1p(item.answers - item.right));
  const learnerRate = (knowledge.right + 4 * sigmoid(courseRate)) / (knowledge.answers + 4);
  writer.put(logOdds(learnerRate));
  writer.put(logOdds((skill.right + 3 * learnerRate) / (skill.answers + 3)));
}

function putAverages(
  writer: FeatureWriter,
  knowledge: LearnerKnowledge,
  skill: SkillMeans,
  item: ItemKnowledge | undefined,
): void {
  const { outcome, residual } = knowledge;
  writer.put(outcome.fast * 2);
  writer.put(outcome.medium * 2);
  writer.put(outcome.slow * 2);
  writer.put(residual.fast * 2);
  writer.put(residual.medium * 2);
  writer.put(residual.slow * 2);
  writer.put(skill.outcomeFast * 2);
  writer.put(skill.outcomeSlow * 2);
  writer.put(skill.residualFast * 2);
  writer.put(skill.residualSlow * 2);
  writer.put((item?.residual ?? 0) * 2);
  writer.put(item?.last ?? 0);
  writer.put(skill.last);
  for (const last of knowledge.lastFive) writer.put(last);
}

function putRecency(
  writer: FeatureWriter,
  knowledge: LearnerKnowledge,
  place: ItemPlace,
  skill: SkillMeans,
  item: ItemKnowledge | undefined,
): void {
  const { answers, previous } = knowledge;
  writer.put(previous?.place.item === place.item ? 1 : 0);
  writer.put(previous?.place.skillSet === place.skillSet ? 1 : 0);
  writer.put(skill.met ? Math.log1p(answers - skill.metAt) / 3 : 0);
  writer.put(item === undefined ? 0 : Math.log1p(answers - item.metAt) / 3);
  writer.put(skill.met ? 1 : 0);
  writer.put(item === undefined ? 0 : 1);
  writer.put(Math.log1p(knowledge.rightInARow));
  writer.put(Math.log1p(knowledge.wrongInARow));
  writer.put(Math.log1p(skill.rightInARow));
  writer.put(Math.log1p(skill.wrongInARow));
  writer.put(Math.log1p(answers) / 4);
  writer.put(knowledge.expected * 2);
  writer.put(place.skills.length - 1);
}

function putContexts(
  writer: FeatureWriter,
  knowledge: LearnerKnowledge,
  statistics: ReadableStatistics,
  place: ItemPlace,
  rates: BaseRates,
): void {
  const contexts = new Float64Array(CONTEXTS);
  writeContexts(knowledge, place, contexts);
  for (let index = 0; index < CONTEXTS; index++) {
    const context = contexts[index] ?? -1;
    const ofItem = CONTEXT_SUBJECTS[index] === "item";
    const base = ofItem ? rates.item : rates.skills;
    const prior = ofItem ? ITEM_CONTEXT_PRIOR : SKILLS_CONTEXT_PRIOR;
    writer.put(context < 0 ? 0 : statistics.contextLift(context, base, prior));
    writer.put(context < 0 ? 0 : Math.log1p(statistics.contextAnswers(context)) / 4);
  }
}

/** What the items met lately say about this one: the sum of their lifts, their mean by weight, and its foundation. */
function putPairs(
  writer: FeatureWriter,
  knowledge: LearnerKnowledge,
  statistics: ReadableStatistics,
  place: ItemPlace,
  itemRate: number,
): void {
  const pairs = new Float64Array(PAIR_CONTEXTS_MAX);
  writePairContexts(knowledge, place, pairs);
  let [sum, weightedSum, weights, answers] = [0, 0, 0, 0];
  for (const pair of pairs) {
    if (pair < 0) break;
    const met = statistics.contextAnswers(pair);
    if (met === 0) continue;
    const lift = statistics.contextLift(pair, itemRate, ITEM_CONTEXT_PRIOR);
    const weight = met / (met + PAIR_HALF_WEIGHT_ANSWERS);
    sum += lift;
    weightedSum += weight * lift;
    weights += weight;
    answers += met;
  }
  writer.put(sum / 3);
  writer.put(weights === 0 ? 0 : weightedSum / weights);
  writer.put(Math.log1p(answers) / 4);
}

/** Logarithm of the seconds between, as far as they exceed the shortest break. */
function logBreak(fromS: number | null, toS: number): number {
  return fromS === null ? 0 : Math.log1p(Math.max(0, toS - fromS - BREAK_FROM_S));
}

function putTimes(
  writer: FeatureWriter,
  knowledge: LearnerKnowledge,
  metAtS: number | null,
  nowS: number | null,
): void {
  writer.put(nowS === null ? 0 : logBreak(knowledge.lastAtS, nowS) / 5);
  writer.put(nowS === null ? 0 : 1);
  writer.put(nowS === null ? 0 : logBreak(metAtS, nowS) / 5);
  writer.put(knowledge.lastLogResponse / 3);
  writer.put(knowledge.meanLogResponse / 3);
  writer.put(knowledge.responses > 0 ? 1 : 0);
}

/**
 * Fills `row[at] … row[at + FEATURES - 1]` for the learner and the item. Every number is finite and within ±6: rates and
 * difficulties in logits, counts and times as scaled logarithms. Learner and statistics stay as they are.
 * @param nowS when the item is asked, on the clock of the learner's answers; null when unknown
 * @param authored what of the item's difficulty is left out, in logits: see `authored_share.ts`
 * @returns Elo's log-odds of a right answer, within ±6, to which the network adds
 */
export function encode(
  knowledge: LearnerKnowledge,
  statistics: ReadableStatistics,
  place: ItemPlace,
  nowS: number | null,
  row: Float32Array,
  at: number,
  authored = 0,
): number {
  const skills = statistics.skillsLogOdds(place);
  const rates = { course: statistics.courseLogOdds(), skills, item: statistics.itemLogOdds(place.item, skills) };
  const skill = skillMeans(knowledge, place);
  const item = knowledge.items.get(place.item);
  const logit = abilityAt(knowledge, place) - (statistics.difficulty(place) - authored);
  const writer = new FeatureWriter(row, at);
  putCatalogue(writer, statistics, place, rates, authored);
  putAbilities(writer, knowledge, skill, logit);
  putCounts(writer, knowledge, skill, item, rates.course);
  putAverages(writer, knowledge, skill, item);
  putRecency(writer, knowledge, place, skill, item);
  putContexts(writer, knowledge, statistics, place, rates);
  putTimes(writer, knowledge, skill.metAtS, nowS);
  putPairs(writer, knowledge, statistics, place, rates.item);
  return clamp(logit, -FEATURE_MAX, FEATURE_MAX);
}
