/** What a choice knows of the learner in the course: statistics, knowledge, and the answers no model has read. */
import type { Course } from "../curriculum/course.ts";
import type { CourseKnowledge } from "../learner/course_knowledge.ts";
import type { ItemPlace } from "./answered.ts";
import type { AnsweredItem } from "./catch_up.ts";
import type { CataloguedItem } from "./catalogue.ts";
import { encode, FEATURES } from "./encode.ts";
import { knowledgeFromSnapshot } from "./knowledge_snapshot.ts";
import { eloLogit, type LearnerKnowledge, newKnowledge, recordAnswer } from "./learner_knowledge.ts";
import { sigmoid } from "./logistic.ts";
import type { ModelQuestion } from "./model_question.ts";
import type { PublishedStatistics } from "./published_statistics.ts";
import { type NetworkAnswer, type Sighting, storedFeatures } from "./sighting.ts";

export interface KnowledgeBasis {
  readonly published: PublishedStatistics;
  readonly knowledge: LearnerKnowledge;
  /** Oldest first. */
  readonly unread: readonly NetworkAnswer[];
}

/** An item of the course has no number in its statistics: the course was not told of this edition. */
export class UnlistedItemError extends Error {
  override readonly name = "UnlistedItemError";
}

/**
 * The learner's record brought up to the session's own latest answers, which reach it a moment later. None is counted
 * twice: an answer that has been recorded is never newer than the record.
 */
export function knowledgeBasis(
  known: CourseKnowledge | null,
  published: PublishedStatistics,
  course: Course,
  history: readonly AnsweredItem[],
): KnowledgeBasis {
  const knowledge = known === null ? newKnowledge() : knowledgeFromSnapshot(known.knowledge);
  const knownUntilMs = known?.lastAnswerAtMs ?? -Infinity;
  const unread: NetworkAnswer[] = [...known?.unread ?? []];
  for (const { itemId, correct, answeredAtMs } of history) {
    if (answeredAtMs === null || answeredAtMs <= knownUntilMs) continue;
    const item = course.items.find(({ id }) => id === itemId);
    const place = item === undefined ? null : published.placeOf(item);
    if (place === null) continue;
    const row = new Float32Array(FEATURES);
    const atS = answeredAtMs / 1000;
    encode(knowledge, published.statistics, place, atS, row, 0);
    unread.push({ features: storedFeatures(row, 0), correct });
    const expected = sigmoid(eloLogit(knowledge, published.statistics, place));
    recordAnswer(knowledge, { place, correct, atS, responseMs: null }, expected);
  }
  return { published, knowledge, unread };
}

/** Candidates with their places, encoded for a model. */
export interface EncodedCandidates {
  readonly places: readonly ItemPlace[];
  readonly question: ModelQuestion;
}

/** The items as a model reads them at `nowMs`. Throws {@link UnlistedItemError}. */
export function encodeCandidates(
  { published, knowledge, unread }: KnowledgeBasis,
  items: readonly CataloguedItem[],
  nowMs: number,
): EncodedCandidates {
  const places = items.map((item) => {
    const place = published.placeOf(item);
    if (place === null) throw new UnlistedItemError(`item ${item.id} has no number in the course's statistics`);
    return place;
  });
  const features = new Float32Array(places.length * FEATURES);
  const eloLogits = Float32Array.from(
    places,
    (place, i) => encode(knowledge, published.statistics, place, nowMs / 1000, features, i * FEATURES),
  );
  return { places, question: { hidden: knowledge.hidden, unread, features, eloLogits } };
}

/** What was known of candidate number `index`. */
export function sightingOf(
  { published }: KnowledgeBasis,
  { places, question }: EncodedCandidates,
  index: number,
): Sighting | null {
  const place = places[index];
  if (place === undefined) return null;
  return {
    place,
    difficulty: published.statistics.difficulty(place),
    features: storedFeatures(question.features, index),
  };
}
