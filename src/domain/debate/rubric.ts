/** What a debater is judged by: five criteria from 0 to 4, each with the learner's own words as grounds. */
import { RUBRIC_SCORE_MAX } from "./limits.ts";

export const CRITERIA = ["claim", "evidence", "reasoning", "rebuttal", "civility"] as const;
export type Criterion = typeof CRITERIA[number];

/** Words that stand in one of the learner's statements, letter for letter. */
export interface Quote {
  readonly statement: number;
  readonly quote: string;
}

export interface CriterionScore {
  /** A whole number from 0 to 4. */
  readonly score: number;
  readonly grounds: readonly Quote[];
  /** What was seen, in a line to the learner. */
  readonly why: string;
}

export type Rubric = { readonly [criterion in Criterion]: CriterionScore };
export type RubricScores = { readonly [criterion in Criterion]: number };

export function isScore(score: unknown): score is number {
  return typeof score === "number" && Number.isInteger(score) && score >= 0 && score <= RUBRIC_SCORE_MAX;
}

export function rubricOf(scoreOf: (criterion: Criterion) => CriterionScore): Rubric {
  return {
    claim: scoreOf("claim"),
    evidence: scoreOf("evidence"),
    reasoning: scoreOf("reasoning"),
    rebuttal: scoreOf("rebuttal"),
    civility: scoreOf("civility"),
  };
}

/** What would lift each criterion, from the lowest score to the highest. */
const NEXT_STEPS: { readonly [criterion in Criterion]: readonly string[] } = {
  claim: [
    "Say in one full sentence what you hold.",
    "Make your claim a full sentence that someone could disagree with.",
    "Back your claim: add a support or evidence to it.",
    "Bring a second claim and back it as well.",
    "Your claims are clear and backed.",
  ],
  evidence: [
    "Bring evidence for one of your statements.",
    "Say where your evidence can be looked up.",
    "Bring a second piece of evidence, for another statement.",
    "Give every piece of evidence its source.",
    "Your statements rest on evidence with sources.",
  ],
  reasoning: [
    "Say why: “because”, “therefore”, “this means”.",
    "Give a reason more than once.",
    "Join more of your statements to a reason.",
    "Give a reason in most of what you say.",
    "Most of what you say has a reason with it.",
  ],
  rebuttal: [
    "Answer something that the other side said.",
    "Take up the other side's own words when you answer them.",
    "Answer a second point of the other side.",
    "Answer the strongest points that are still open.",
    "You met the other side's points on their own ground.",
  ],
  civility: [
    "Speak of the arguments, not of the people.",
    "Speak of the arguments, not of the people.",
    "Leave out words that hurt.",
    "Leave out words that hurt.",
    "You argued against points, not against people.",
  ],
};

/** What the learner may do next time. */
export function nextStep(criterion: Criterion, score: number): string {
  return NEXT_STEPS[criterion][score] ?? "";
}
