/** What a learner is believed to know, and how one answer changes it. */
import { afterGraded, NEW_RATING, type Rating, successProbability } from "../adaptive/elo.ts";
import type { Abilities } from "../adaptive/prediction.ts";
import { afterAnswered, type LearningDna, NEW_DNA } from "../dna/learning_dna.ts";
import { entryOf } from "../entry_of.ts";
import { type Json, plainJson } from "../json.ts";
import { localDay, localHour } from "../local_day.ts";
import { afterAttempt } from "../memory/course_memory.ts";
import type { LearnerMemory } from "../memory/review_schedule.ts";
import { NO_REWARDS, type Rewards } from "../rewards/rewards.ts";
import { NO_QUESTS, type QuestsState } from "../quests/state.ts";
import { withinBound } from "../within_bound.ts";
import { afterSightedAnswer, type CourseKnowledge, withReadingBegun } from "./course_knowledge.ts";
import type { AnswerFact } from "./messages.ts";
import { NEW_PROFILE, type Profile } from "./profile.ts";

/** Courses of which a learner's knowledge and memory are kept in full; beyond it the one not worked on longest is let go. */
const COURSES_KEPT_MAX = 16;
/** Ratings of skills over all courses. Beyond it a quarter is let go: those that the fewest answers formed, the latest apart. */
const RATINGS_KEPT_MAX = 2_048;

export interface LearnerState {
  readonly learnerId: string;
  readonly overall: Rating;
  /** By `courseId:skillId`: deviations from `overall`, in logits. */
  readonly skills: { readonly [courseAndSkill: string]: Rating };
  readonly answered: number;
  readonly correct: number;
  /** When the newest of the answers was given. */
  readonly lastAnswerAtMs: number | null;
  /** By course id, for courses whose statistics were known; the ratings above stand in elsewhere. */
  readonly courses: { readonly [courseId: string]: CourseKnowledge };
  readonly memory: LearnerMemory;
  readonly profile: Profile;
  readonly rewards: Rewards;
  readonly quests: QuestsState;
  readonly dna: LearningDna;
}

export function newLearner(learnerId: string): LearnerState {
  return {
    learnerId,
    overall: NEW_RATING,
    skills: {},
    answered: 0,
    correct: 0,
    lastAnswerAtMs: null,
    courses: {},
    memory: {},
    profile: NEW_PROFILE,
    rewards: NO_REWARDS,
    quests: NO_QUESTS,
    dna: NEW_DNA,
  };
}

function skillKey(courseId: string, skillId: string): string {
  return `${courseId}:${skillId}`;
}

/** `courses` with one of them changed, within the bound. */
export function withCourse<Kept extends { readonly lastAnswerAtMs: number }>(
  courses: { readonly [courseId: string]: Kept },
  courseId: string,
  kept: Kept,
): { readonly [courseId: string]: Kept } {
  const all = { ...courses, [courseId]: kept };
  if (Object.keys(all).length <= COURSES_KEPT_MAX) return all;
  const newestFirst = Object.entries(all).sort(([, a], [, b]) => b.lastAnswerAtMs - a.lastAnswerAtMs);
  return Object.fromEntries(newestFirst.slice(0, COURSES_KEPT_MAX));
}

/** The course's knowledge, ready for its answers to be read, after the answer that event `seq` recorded. */
function coursesAfter(learner: LearnerState, fact: AnswerFact, seq: number): LearnerState["courses"] {
  const { courseId, sighting } = fact;
  if (sighting === null) return learner.courses;
  const known = afterSightedAnswer(entryOf(learner.courses, courseId), { fact, sighting }, seq);
  return withCourse(learner.courses, courseId, withReadingBegun(known));
}

/** Ratings within the bound; those of `latest` stay, so that no right answer takes away what it has shown (N2). */
function boundedRatings(ratings: LearnerState["skills"], latest: readonly string[]): LearnerState["skills"] {
  if (Object.keys(ratings).length <= RATINGS_KEPT_MAX) return ratings;
  const stays = new Set(latest);
  const worthOf = ([key, { answers }]: readonly [string, Rating]) => stays.has(key) ? Number.MAX_VALUE : answers;
  return Object.fromEntries(withinBound(Object.entries(ratings), RATINGS_KEPT_MAX, worthOf));
}

/** How the answer adds to what is kept of how the learner learns; hours and days are those of their own zone, now. */
function dnaAfter(learner: LearnerState, keys: readonly string[], answer: AnswerFact, overall: Rating): LearningDna {
  const { timeZone } = learner.profile;
  return afterAnswered(learner.dna, {
    answer,
    expected: successProbability(learner, keys, answer.difficulty),
    memory: entryOf(learner.memory, answer.courseId),
    localDay: localDay(answer.atMs, timeZone),
    localHour: localHour(answer.atMs, timeZone),
    level: [overall.ability, overall.answers],
  });
}

/** The knowledge after one graded answer; its score, hints taken off, is the outcome that the ratings learn from. */
export function withAnswer(learner: LearnerState, answer: AnswerFact, seq: number): LearnerState {
  const keys = answer.skills.map((skill) => skillKey(answer.courseId, skill));
  const { overall, skills } = afterGraded(learner, keys, answer.difficulty, answer);
  const { courseId } = answer;
  return {
    ...learner,
    overall,
    skills: boundedRatings(skills, keys),
    answered: learner.answered + 1,
    correct: learner.correct + (answer.correct ? 1 : 0),
    lastAnswerAtMs: Math.max(learner.lastAnswerAtMs ?? 0, answer.atMs),
    courses: coursesAfter(learner, answer, seq),
    memory: withCourse(learner.memory, courseId, afterAttempt(entryOf(learner.memory, courseId), answer)),
    dna: dnaAfter(learner, keys, answer, overall),
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

/** Everything, for the engine's own effects; {@link learnerFromView} reads it back. */
export function engineView(learner: LearnerState): Json {
  return plainJson(learner);
}

function isLearner(view: unknown): view is LearnerState {
  return typeof view === "object" && view !== null && "learnerId" in view && "courses" in view && "overall" in view;
}

/** The learner out of {@link engineView}; null when `view` is not such a view. */
export function learnerFromView(view: Json): LearnerState | null {
  return isLearner(view) ? view : null;
}

/** The learner's knowledge as they and staff may see it. */
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
