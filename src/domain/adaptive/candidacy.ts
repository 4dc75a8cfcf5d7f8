/** Who may come next, and by which policy they are weighed: find the start, refresh what is due, or teach. */
import type { Item } from "../curriculum/course.ts";
import type { ChoicePolicy } from "./choice_policy.ts";
import type { ChoiceSituation } from "./choice_situation.ts";
import { diagnosticItems, diagnosticValues } from "./diagnostic_start.ts";
import { dueItems } from "./due_items.ts";
import { eligibleItems, thinned } from "./eligible_items.ts";
import type { Pace } from "./preferences.ts";
import type { ScoreWeights } from "./score.ts";

type EnginePolicy = Exclude<ChoicePolicy, "teacher">;

export interface Candidacy {
  readonly policy: EnginePolicy;
  readonly items: readonly Item[];
  /** Prerequisites that each of these items still lacks; 0 unless nothing better exists. */
  readonly prerequisitesUnmet: number;
  /** What each term of a score counts. */
  readonly weights: ScoreWeights;
  /** How much an answer on a skill is expected to settle, 0 to 1: of a diagnostic choice, else none. */
  readonly settles: ReadonlyMap<string, number>;
}

/** Shared by all policies: who waits longest comes first, and what the learner likes among equals. */
const COMMON_WEIGHTS: ScoreWeights = {
  repeatedItem: -0.3,
  repeatedSkills: -0.1,
  exposure: -0.1,
  presentation: 0.02,
  interest: 0.02,
};
const POLICY_WEIGHTS: { readonly [policy in EnginePolicy]: ScoreWeights } = {
  adaptive: {
    ...COMMON_WEIGHTS,
    target: 1,
    gain: 1,
    goal: 0.06,
    information: 0.05,
    newSkill: 0.06,
    wishSteps: -0.06,
  },
  diagnostic: { ...COMMON_WEIGHTS, information: 1, wishSteps: -0.25 },
  review: { ...COMMON_WEIGHTS, target: 0.5, review: 1, wishSteps: -0.06 },
};
/** Going on to something new: sooner for who likes to be brisk, only when the rest is done for who does not. */
const NEW_SKILL_BY_PACE: { readonly [pace in Pace]: number } = { unhurried: -0.06, steady: 0.06, brisk: 0.12 };

/** What each term counts under `policy` for a learner of this pace. */
export function weightsFor(policy: EnginePolicy, pace: Pace | null): ScoreWeights {
  const weights = POLICY_WEIGHTS[policy];
  return policy === "adaptive" && pace !== null ? { ...weights, newSkill: NEW_SKILL_BY_PACE[pace] } : weights;
}

/** The candidates, at most `CANDIDATES_MAX`; none only when all that the session may ask is used up. */
export function candidacyOf(situation: ChoiceSituation): Candidacy {
  const { preferences: { pace }, sampleSeed } = situation;
  const values = diagnosticValues(situation);
  const asking = values === null ? [] : diagnosticItems(situation, values);
  if (values !== null && asking.length > 0) {
    const items = thinned(asking, sampleSeed);
    return {
      policy: "diagnostic",
      items,
      prerequisitesUnmet: 0,
      weights: weightsFor("diagnostic", pace),
      settles: values,
    };
  }
  const due = dueItems(situation);
  const settles = new Map<string, number>();
  if (due.length > 0) {
    const items = thinned(due, sampleSeed);
    return { policy: "review", items, prerequisitesUnmet: 0, weights: weightsFor("review", pace), settles };
  }
  return { policy: "adaptive", ...eligibleItems(situation), weights: weightsFor("adaptive", pace), settles };
}
