/** What every choice for a learner rests on, read once: the course, its statistics, and the learner as known now. */
import { type AnsweredItem, caughtUp } from "../domain/adaptive/catch_up.ts";
import { type ChoiceSituation, choiceSituation } from "../domain/adaptive/choice_situation.ts";
import { UNKNOWN_ABILITIES } from "../domain/adaptive/elo.ts";
import {
  encodeCandidates,
  type KnowledgeBasis,
  knowledgeBasis,
  sightingOf,
} from "../domain/adaptive/knowledge_basis.ts";
import type { DueReview } from "../domain/adaptive/due_review.ts";
import type { Foundations } from "../domain/adaptive/foundations.ts";
import type { KnowledgeReading } from "../domain/adaptive/knowledge_reading.ts";
import { type LearnerPreferences, NO_PREFERENCES } from "../domain/adaptive/preferences.ts";
import type { Abilities, Predict, Prediction } from "../domain/adaptive/prediction.ts";
import type { PublishedStatistics } from "../domain/adaptive/published_statistics.ts";
import { readRatings } from "../domain/adaptive/ratings_reading.ts";
import type { Sighting } from "../domain/adaptive/sighting.ts";
import { readStatistics } from "../domain/adaptive/statistics_reading.ts";
import { targetForUsualWish } from "../domain/adaptive/target_probability.ts";
import type { Course, CourseEdition, Item } from "../domain/curriculum/course.ts";
import { entryOf } from "../domain/entry_of.ts";
import { abilitiesIn, type LearnerState } from "../domain/learner/knowledge.ts";
import { ownPresentations } from "../domain/dna/corrections.ts";
import { NEW_PROFILE, preferencesIn } from "../domain/learner/profile.ts";
import { dueReviews } from "../domain/memory/review_schedule.ts";
import type { ChoiceReceipt, ChooseItemEffect } from "../domain/session/messages.ts";

/** A learner as their actor knew them after its event number `seq`. */
export interface LearnerReading {
  readonly learner: LearnerState;
  readonly seq: number;
}

export interface ChoiceSources {
  readonly courseById: (courseId: string) => Promise<CourseEdition | null>;
  /** Null when they cannot be had now: the choice then goes by the learner's ratings. */
  readonly statisticsOf: (course: Course) => Promise<PublishedStatistics | null>;
  /** Null when the learner cannot be read now: the choice then goes by this session alone. */
  readonly readLearner: (learnerId: string) => Promise<LearnerReading | null>;
  readonly predict: Predict;
  readonly nowMs: () => number;
}

/** Who chooses in which course, and what they have just met there. */
export interface ChoiceSubject {
  readonly learnerId: string;
  readonly courseId: string;
  /** Latest last. */
  readonly history: readonly AnsweredItem[];
}

export interface ChoiceBasis {
  readonly learnerId: string;
  readonly course: Course;
  /** Null when the learner could not be read. */
  readonly learner: LearnerState | null;
  readonly abilities: Abilities;
  /** Null without statistics of the course. */
  readonly knowledge: KnowledgeBasis | null;
  /** By the knowledge, or without it by the abilities. */
  readonly reading: KnowledgeReading;
  readonly preferences: LearnerPreferences;
  /** Whether the learner lets lessons suggest anything; who could not be read has not said no. */
  readonly suggestions: boolean;
  /** Of skills of the course, most overdue first. */
  readonly reviews: readonly DueReview[];
  /** What was read and when, as a receipt names it. */
  readonly versions: Pick<ChoiceReceipt, "statisticsVersion" | "learnerSeq" | "courseVersion"> & {
    readonly chosenAtMs: number;
  };
}

/** What is due of the skills that the course still has: a learner remembers more than its present edition may teach. */
function reviewsIn(course: Course, { memory }: LearnerState, nowMs: number): readonly DueReview[] {
  const taught = new Set(course.skills.map(({ id }) => id));
  return dueReviews(memory, course.id, nowMs).filter(({ skillId }) => taught.has(skillId));
}

/** Reads it all; null when there is no such course. Rejects when `signal` aborts. */
export async function readChoiceBasis(
  sources: ChoiceSources,
  { learnerId, courseId, history }: ChoiceSubject,
  signal: AbortSignal,
): Promise<ChoiceBasis | null> {
  const [edition, reading] = await Promise.all([sources.courseById(courseId), sources.readLearner(learnerId)]);
  signal.throwIfAborted();
  if (edition === null) return null;
  const { course, version: courseVersion } = edition;
  const published = await sources.statisticsOf(course);
  signal.throwIfAborted();
  const chosenAtMs = sources.nowMs();
  const learner = reading?.learner ?? null;
  const known = learner === null ? null : entryOf(learner.courses, courseId);
  const knowledge = published === null ? null : knowledgeBasis(known, published, course, history);
  const ratings = learner === null ? UNKNOWN_ABILITIES : abilitiesIn(courseId, learner);
  const abilities = caughtUp(ratings, course, history);
  return {
    learnerId,
    course,
    learner,
    abilities,
    knowledge,
    reading: knowledge === null
      ? readRatings(abilities, history)
      : readStatistics(knowledge.knowledge, knowledge.published),
    preferences: learner === null
      ? NO_PREFERENCES
      : preferencesIn(courseId, learner.profile, ownPresentations(learner.dna.corrections)),
    suggestions: learner?.profile.suggestions ?? NEW_PROFILE.suggestions,
    reviews: learner === null ? [] : reviewsIn(course, learner, chosenAtMs),
    versions: {
      statisticsVersion: published?.version ?? null,
      learnerSeq: reading?.seq ?? null,
      courseVersion,
      chosenAtMs,
    },
  };
}

/** The situation of a session's next choice. */
export function situationOf(
  foundations: Foundations,
  { course, reading, preferences, reviews }: ChoiceBasis,
  { plan, history, right, seed }: Pick<ChooseItemEffect, "plan" | "history" | "right" | "seed">,
): ChoiceSituation {
  const { topic, learningObjectives, difficulty, targetItems } = plan;
  return choiceSituation({
    course,
    foundations,
    reading,
    aims: { topic, objectives: learningObjectives, difficulty, targetItems },
    preferences,
    reviews,
    history,
    right: new Set(right),
    sampleSeed: seed,
    pastPolicies: history.map(({ policy }) => policy),
  });
}

/** What to aim at: a session without a wish of its own goes by the learner's usual one. */
export function targetOf(
  { preferences }: ChoiceBasis,
  { plan, targetProbability }: Pick<ChooseItemEffect, "plan" | "targetProbability">,
): number {
  return plan.difficulty === null ? targetForUsualWish(targetProbability, preferences.difficulty) : targetProbability;
}

export interface ItemPredictions {
  /** One probability an item, same order. */
  readonly prediction: Prediction;
  /** What was known of item number `index`; null without statistics. */
  sightings(index: number): Sighting | null;
}

/** How likely the learner is to get each of these items right. */
export async function predictItems(
  sources: Pick<ChoiceSources, "predict">,
  { learnerId, course, abilities, knowledge, versions }: ChoiceBasis,
  items: readonly Item[],
  signal: AbortSignal,
): Promise<ItemPredictions> {
  const encoded = knowledge === null ? null : encodeCandidates(knowledge, items, versions.chosenAtMs);
  const candidates = items.map(({ id, skills, difficulty }) => ({ itemId: id, skills, difficulty }));
  const question = encoded?.question ?? null;
  const asked = { learnerId, courseId: course.id, abilities, candidates, question };
  return {
    prediction: await sources.predict(asked, signal),
    sightings: (index) => knowledge === null || encoded === null ? null : sightingOf(knowledge, encoded, index),
  };
}
