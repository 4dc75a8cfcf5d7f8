/** Says why an item was chosen: one plain sentence to the learner, and to the teacher what decided against what. */
import { assertNever } from "../assert_never.ts";
import type { Item } from "../curriculum/course.ts";
import type { Choice, ChoiceQuestion } from "./choose_next_item.ts";
import type { Considered } from "./considered.ts";
import { SCORE_TERMS, type ScoreTerm, type ScoreWeights } from "./score.ts";

/** Terms told to the teacher, on either side, and the least they must weigh to be worth a word. */
const TERMS_TOLD_MAX = 2;
const WEIGHT_TOLD_MIN = 0.005;
/** Further from the target than this, an item is a stretch or a safe step. */
const LEVEL_STEP = 0.1;

const IN_WORDS: { readonly [term in ScoreTerm]: string } = {
  target: "how near it is to the chance aimed at",
  gain: "what is left to learn of it",
  goal: "the goal",
  information: "what its answer tells",
  review: "what may be forgotten",
  repeatedItem: "how lately it was met",
  repeatedSkills: "how lately its skills were practised",
  newSkill: "a new skill",
  exposure: "how often the course serves it",
  presentation: "how it is shown",
  interest: "an interest of the learner",
  wishSteps: "the wish for difficulty",
};

export interface Explanation {
  /** One plain sentence for the learner. */
  readonly reason: string;
  /** Plain sentences for the teacher. */
  readonly grounds: readonly string[];
}

function timesInHundred(probability: number): number {
  return Math.round(probability * 100);
}

/** A chance in so many digits that a small one does not read as none. */
function chance(probability: number): string {
  if (probability < 0.001) return "less than 0.001";
  return probability < 0.01 ? probability.toFixed(3) : probability.toFixed(2);
}

function titlesOf({ situation: { byId } }: ChoiceQuestion, ids: readonly string[]): string {
  return ids.map((id) => byId.get(id)?.title ?? id).join(", ");
}

function level(question: ChoiceQuestion, probability: number): string {
  const away = probability - question.targetProbability;
  return away < -LEVEL_STEP ? "a stretch" : away > LEVEL_STEP ? "a safe step" : "about the right challenge";
}

function adaptiveReason(question: ChoiceQuestion, { skills }: Item, probability: number): string {
  const { situation: { reading, topic, byId }, candidacy } = question;
  const titles = titlesOf(question, skills);
  if (candidacy.prerequisitesUnmet > 0) {
    return `Practises ${titles}: of what is left it needs the least that you have not met yet.`;
  }
  if (topic !== null && !skills.includes(topic)) {
    return `Practises ${titles}, which ${byId.get(topic)?.title ?? topic} rests on, ${level(question, probability)}.`;
  }
  const untried = skills.filter((id) => reading.masteryOf(id).answers === 0);
  if (untried.length > 0) return `Starts something new: ${titlesOf(question, untried)}.`;
  return `Practises ${titles}, ${level(question, probability)}: we expect a right answer about ${
    timesInHundred(probability)
  } times in 100.`;
}

function reasonFor(question: ChoiceQuestion, item: Item, probability: number): string {
  const { policy } = question.candidacy;
  switch (policy) {
    case "diagnostic":
      return `First a few questions to find where to start: this one is about ${titlesOf(question, item.skills)}.`;
    case "review": {
      const due = question.situation.reviews.filter(({ skillId }) => item.skills.includes(skillId));
      const titles = titlesOf(question, due.map(({ skillId }) => skillId));
      return `You learnt ${titles} a while ago: a quick check keeps it.`;
    }
    case "adaptive":
      return adaptiveReason(question, item, probability);
    default:
      return assertNever(policy);
  }
}

/** How much more each term counts for `chosen` than for the mean of its rivals, weightiest first. */
function advantages(chosen: Considered, rivals: readonly Considered[], weights: ScoreWeights) {
  const mean = (term: ScoreTerm) => rivals.reduce((sum, { terms }) => sum + (terms[term] ?? 0), 0) / rivals.length;
  return SCORE_TERMS
    .map((term) => ({ term, by: (weights[term] ?? 0) * ((chosen.terms[term] ?? 0) - mean(term)) }))
    .filter(({ by }) => Math.abs(by) >= WEIGHT_TOLD_MIN)
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by));
}

/** What spoke for the chosen item and what against it; none where it had no rival. */
function decisiveTerms(chosen: Considered, rivals: readonly Considered[], weights: ScoreWeights): readonly string[] {
  if (rivals.length === 0) return [];
  const all = advantages(chosen, rivals, weights);
  const told = (sign: 1 | -1) =>
    all.filter(({ by }) => by * sign > 0).slice(0, TERMS_TOLD_MAX)
      .map(({ term, by }) => `${IN_WORDS[term]} (${sign > 0 ? "+" : "−"}${Math.abs(by).toFixed(2)})`).join(", ");
  const [pros, cons] = [told(1), told(-1)];
  return [
    ...pros === "" ? [] : [`For it, against the mean of the others: ${pros}.`],
    ...cons === "" ? [] : [`Against it: ${cons}.`],
  ];
}

function masteryInWords(question: ChoiceQuestion, skillId: string): string {
  const { probability, low, high, answers } = question.situation.reading.masteryOf(skillId);
  const doubt = question.situation.doubted.has(skillId) ? "; in doubt, as what rests on it is not being learnt" : "";
  return `${titlesOf(question, [skillId])}: an average item would be right ${
    timesInHundred(probability)
  } times in 100 ` +
    `(${timesInHundred(low)} to ${timesInHundred(high)}), by ${answers} answers${doubt}.`;
}

/** Explains `choice`, which `question` led to. */
export function explainChoice(question: ChoiceQuestion, choice: Choice): Explanation {
  const { situation, candidacy, prediction, targetProbability } = question;
  const { drawn, considered, propensity, weights } = choice;
  const { item, probability, score } = drawn;
  const rivals = considered.filter(({ itemId }) => itemId !== item.id);
  const [best] = rivals;
  const { topic } = situation.aims;
  return {
    reason: reasonFor(question, item, probability),
    grounds: [
      `${candidacy.items.length} items could come next; this one was drawn with probability ${chance(propensity)}` +
      `${best === undefined ? "" : `, scoring ${score.toFixed(2)} where ${best.itemId} has ${best.score.toFixed(2)}`}.`,
      ...decisiveTerms(drawn, rivals, weights),
      `${prediction.model} expects it to be right ${timesInHundred(probability)} times in 100` +
      `${weights.target === undefined ? "" : `; ${timesInHundred(targetProbability)} were aimed at`}.`,
      ...prediction.prior ? ["The knowledge model did not answer: a stated prior stood in."] : [],
      ...item.skills.map((id) => masteryInWords(question, id)),
      ...topic !== null && situation.topic === null
        ? [`The course has no skill ${topic}: the whole of it was asked.`]
        : [],
    ],
  };
}
