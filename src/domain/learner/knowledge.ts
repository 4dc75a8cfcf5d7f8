/** What a learner is believed to know, and how one answer changes it. */
import { afterAnswer, NEW_RATING, type Rating } from "../adaptive/elo.ts";
import type { Abilities } from "../adaptive/prediction.ts";
import type { Json } from "../json.ts";
import type { AnswerFact } from "./messages.ts";

export interface LearnerState {
  readonly learnerId: string;
  readonly overall: Rating;
  /** By `courseId:skillId`: deviations from `overall`, in logits. */
  readonly skills: { readonly [courseAndSkill: string]: Rating };
  readonly answered: number;
  readonly correct: number;
  /** When the newest of the answers was given. */
  readonly lastAnswerAtMs: number | null;
}

export function newLearner(learnerId: string): LearnerState {
  return { learnerId, overall: NEW_RATING, skills: {}, answered: 0, correct: 0, lastAnswerAtMs: null };
}

function skillKey(courseId: string, skillId: string): string {
  return `${courseId}:${skillId}`;
}

/** The knowledge after one graded answer; its score, hints taken off, is the outcome that Elo learns from. */
export function withAnswer(learner: LearnerState, answer: AnswerFact): LearnerState {
  const keys = answer.skills.map((skill) => skillKey(answer.courseId, skill));
  const { overall, skills } = afterAnswer(learner, keys, answer.difficulty, answer.score);
  return {
    learnerId: learner.learnerId,
    overall,
    skills,
    answered: learner.answered + 1,
    correct: learner.correct + (answer.correct ? 1 : 0),
    lastAnswerAtMs: Math.max(learner.lastAnswerAtMs ?? 0, answer.atMs),
  };
}

/** The abilities as a predictor for one course takes them: skills by their own id. */
export function abilitiesIn(
  courseId: string,
  learner: Pick<LearnerState, "overall" | "skills" | "lastAnswerAtMs">,
): Abilities {
  const prefix = skillKey(courseId, "");
  const own = Object.entries(learner.skills).filter(([key]) => key.startsWith(prefix));
  return {
    overall: learner.overall,
    skills: Object.fromEntries(own.map(([key, rating]) => [key.slice(prefix.length), rating])),
    lastAnswerAtMs: learner.lastAnswerAtMs,
  };
}

/** The learner's knowledge as they and staff may see it; {@link abilitiesFromView} reads it back. */
export function knowledgeView(learner: LearnerState): Json {
  const rating = ({ ability, answers }: Rating) => ({ ability, answers });
  return {
    learner_id: learner.learnerId,
    overall: rating(learner.overall),
    skills: Object.fromEntries(Object.entries(learner.skills).map(([key, value]) => [key, rating(value)])),
    answered: learner.answered,
    correct: learner.correct,
    last_answer_at: learner.lastAnswerAtMs === null ? null : new Date(learner.lastAnswerAtMs).toISOString(),
  };
}

function isObject(json: Json | undefined): json is { readonly [key: string]: Json } {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function ratingFrom(json: Json | undefined): Rating | null {
  if (!isObject(json)) return null;
  const { ability, answers } = json;
  return typeof ability === "number" && typeof answers === "number" ? { ability, answers } : null;
}

/**
 * The abilities for one course out of {@link knowledgeView}, which may have crossed between nodes.
 * Null when `view` is not such a view.
 */
export function abilitiesFromView(view: Json, courseId: string): Abilities | null {
  if (!isObject(view) || !isObject(view.skills)) return null;
  const overall = ratingFrom(view.overall);
  if (overall === null) return null;
  const skills: { [key: string]: Rating } = {};
  for (const [key, json] of Object.entries(view.skills)) {
    const rating = ratingFrom(json);
    if (rating === null) return null;
    skills[key] = rating;
  }
  const { last_answer_at } = view;
  const lastAnswerAtMs = typeof last_answer_at === "string" ? new Date(last_answer_at).getTime() : null;
  return Number.isNaN(lastAnswerAtMs) ? null : abilitiesIn(courseId, { overall, skills, lastAnswerAtMs });
}
