/** What a choice knows of the learner in the course: statistics, knowledge, and the answers no model has read. */
import type { Course, Item } from "../curriculum/course.ts";
import type { CourseKnowledge } from "../learner/course_knowledge.ts";
import type { ItemPlace } from "./answered.ts";
import { authoredShare } from "./authored_share.ts";
import type { AnsweredItem } from "./catch_up.ts";
import { encode, FEATURES } from "./encode.ts";
import { knowledgeFromSnapshot } from "./knowledge_snapshot.ts";
import { eloLogit, type LearnerKnowledge, newKnowledge, recordAnswer } from "./learner_knowledge.ts";
import { sigmoid } from "./logistic.ts";
import type { CandidateQuestion } from "./prediction.ts";
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
    if (item === undefined || place === null) continue;
    const row = new Float32Array(FEATURES);
    const atS = answeredAtMs / 1000;
    const authored = authoredShare(published.statistics, place.item, item.difficulty);
    encode(knowledge, published.statistics, place, atS, row, 0, authored);
    unread.push({ features: storedFeatures(row, 0), correct });
    const expected = sigmoid(eloLogit(knowledge, published.statistics, place));
    recordAnswer(knowledge, { place, correct, atS, responseMs: null }, expected);
  }
  return { published, knowledge, unread };
}

/** Candidates with their places, encoded for a model. */
export interface EncodedCandidates {
  readonly places: readonly ItemPlace[];
  readonly question: CandidateQuestion;
}

/** The items as a model reads them at `nowMs`. Throws {@link UnlistedItemError}. */
export function encodeCandidates(
  { published, knowledge, unread }: KnowledgeBasis,
  items: readonly Pick<Item, "id" | "skills" | "difficulty">[],
  nowMs: number,
): EncodedCandidates {
  const { statistics } = published;
  const [places, authored]: [ItemPlace[], number[]] = [[], []];
  for (const item of items) {
    const place = published.placeOf(item);
    if (place === null) throw new UnlistedItemError(`item ${item.id} has no number in the course's statistics`);
    places.push(place);
    authored.push(authoredShare(statistics, place.item, item.difficulty));
  }
  const features = new Float32Array(places.length * FEATURES);
  const eloLogits = Float32Array.from(
    places,
    (place, i) => encode(knowledge, statistics, place, nowMs / 1000, features, i * FEATURES, authored[i]),
  );
  return { places, question: { hidden: knowledge.hidden, unread, features, eloLogits, authored } };
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
