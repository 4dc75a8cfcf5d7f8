/** Choices for tests: a situation by ratings, Elo as the predictor, and learners who work through lessons. */
import { type Candidacy, candidacyOf } from "../../../src/domain/adaptive/candidacy.ts";
import type { ChoicePolicy } from "../../../src/domain/adaptive/choice_policy.ts";
import { type ChoiceInputs, choiceSituation } from "../../../src/domain/adaptive/choice_situation.ts";
import { type Choice, chooseNextItem } from "../../../src/domain/adaptive/choose_next_item.ts";
import { afterAnswer, successProbability, UNKNOWN_ABILITIES } from "../../../src/domain/adaptive/elo.ts";
import { foundationsOf } from "../../../src/domain/adaptive/foundations.ts";
import { type MetItem, rightIn } from "../../../src/domain/adaptive/met_item.ts";
import type { Abilities } from "../../../src/domain/adaptive/prediction.ts";
import { NO_PREFERENCES } from "../../../src/domain/adaptive/preferences.ts";
import { readRatings } from "../../../src/domain/adaptive/ratings_reading.ts";
import type { Course, Item } from "../../../src/domain/curriculum/course.ts";

/** What a lesson is about, and what is known of its learner. */
export interface Lesson extends Partial<ChoiceInputs> {
  readonly course: Course;
  readonly abilities: Abilities;
  readonly history: readonly MetItem[];
}

/** Too short for any of its items to go into finding the start. */
export const SHORT = { topic: null, objectives: [], difficulty: null, targetItems: 1 } as const;
/** Long enough for that. */
export const LONG = { ...SHORT, targetItems: 40 } as const;

export function situationIn({ abilities, ...inputs }: Lesson) {
  const { course, history } = inputs;
  return choiceSituation({
    foundations: foundationsOf(course),
    reading: readRatings(abilities, history),
    aims: SHORT,
    preferences: NO_PREFERENCES,
    reviews: [],
    right: rightIn(history),
    sampleSeed: history.length,
    pastPolicies: history.map((): ChoicePolicy => "adaptive"),
    ...inputs,
    course,
  });
}

export function candidatesIn(lesson: Lesson): Candidacy {
  return candidacyOf(situationIn(lesson));
}

export function choose(lesson: Lesson, seed: number, targetProbability = 0.75): Choice | null {
  const situation = situationIn(lesson);
  const candidacy = candidacyOf(situation);
  const probabilities = candidacy.items.map((i) => successProbability(lesson.abilities, i.skills, i.difficulty));
  const prediction = { probabilities, model: "elo", prior: false };
  return chooseNextItem({ situation, candidacy, prediction, targetProbability, seed });
}

/** One item of a lesson as it was served, and what came of it. */
export interface Served {
  readonly item: Item;
  readonly policy: ChoicePolicy;
  /** Known before the answer. */
  readonly abilities: Abilities;
}

/** A lesson of `items` items, or until none is left, answered as `isRight` says. */
export function teach(
  lesson: Omit<Lesson, "history" | "abilities"> & Partial<Lesson>,
  items: number,
  nextSeed: () => number,
  isRight: (item: Item) => boolean,
): readonly Served[] {
  const history: MetItem[] = [...lesson.history ?? []];
  const pastPolicies: ChoicePolicy[] = history.map(() => "adaptive");
  const served: Served[] = [];
  let abilities = lesson.abilities ?? UNKNOWN_ABILITIES;
  while (served.length < items) {
    const now = { ...lesson, abilities, history, pastPolicies };
    const choice = choose(now, nextSeed());
    if (choice === null) break;
    const { item } = choice.drawn;
    const { policy } = candidatesIn(now);
    served.push({ item, policy, abilities });
    const correct = isRight(item);
    abilities = afterAnswer(abilities, item.skills, item.difficulty, correct ? 1 : 0);
    history.push({ itemId: item.id, skills: item.skills, correct });
    pastPolicies.push(policy);
  }
  return served;
}
