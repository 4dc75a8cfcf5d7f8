/** Recommends items to a learner: reads what a choice reads, predicts, scores, and ranks over courses. */
import { choiceSituation } from "../domain/adaptive/choice_situation.ts";
import {
  diversified,
  recommendableItems,
  recommendationsIn,
  type RecommendationWish,
} from "../domain/adaptive/recommend.ts";
import { foundationsOf } from "../domain/adaptive/foundations.ts";
import type {
  CourseOfRecommendations,
  RecommendationQuestion,
  Recommender,
} from "../domain/adaptive/recommendation_question.ts";
import { targetFor } from "../domain/adaptive/target_probability.ts";
import type { LearnerState } from "../domain/learner/knowledge.ts";
import { type ChoiceSources, predictItems, readChoiceBasis } from "./choice_basis.ts";

/** Courses looked through where none is named. */
const COURSES_MAX = 3;
/** Courses asked for before it is given up to find as many. */
const COURSES_TRIED_MAX = 16;

export interface RecommendationSources extends ChoiceSources {
  /** Ids of the courses changed last, newest first. */
  readonly newestCourses: (limit: number) => Promise<readonly string[]>;
}

/** The courses a learner has worked on, the latest first; those known by ratings alone come last. */
function coursesOf({ courses, skills }: LearnerState): readonly string[] {
  const known = Object.entries(courses).sort(([, a], [, b]) => b.lastAnswerAtMs - a.lastAnswerAtMs);
  const rated = Object.keys(skills).map((key) => key.slice(0, key.indexOf(":")));
  return [...new Set([...known.map(([id]) => id), ...rated])];
}

/** The first of `courseIds` that are there and teach the topic, at most {@link COURSES_MAX}. */
async function teaching(
  sources: ChoiceSources,
  courseIds: readonly string[],
  topic: string | null,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const courseId of courseIds.slice(0, COURSES_TRIED_MAX)) {
    const course = (await sources.courseById(courseId))?.course;
    if (course === undefined || (topic !== null && !course.skills.some(({ id }) => id === topic))) continue;
    found.push(courseId);
    if (found.length === COURSES_MAX) break;
  }
  return found;
}

/** The learner's own courses; where none of them will do, the newest. */
async function coursesFor(
  sources: RecommendationSources,
  learnerId: string,
  { topic }: RecommendationWish,
): Promise<readonly string[]> {
  const reading = await sources.readLearner(learnerId);
  const own = reading === null ? [] : await teaching(sources, coursesOf(reading.learner), topic);
  return own.length > 0 ? own : await teaching(sources, await sources.newestCourses(COURSES_TRIED_MAX), topic);
}

/**
 * One course's recommendations: extract features, take in the preferences, predict, score; ranking is done over all
 * courses. Null when there is no such course or it lacks the topic.
 */
async function recommendIn(
  sources: ChoiceSources,
  learnerId: string,
  courseId: string,
  wish: RecommendationWish,
  signal: AbortSignal,
) {
  const basis = await readChoiceBasis(sources, { learnerId, courseId, history: [] }, signal);
  if (basis === null) return null;
  const { course, reading, preferences, reviews, versions } = basis;
  const sampleSeed = versions.learnerSeq ?? 0;
  if (wish.topic !== null && !course.skills.some(({ id }) => id === wish.topic)) return null;
  const aims = { topic: wish.topic, objectives: [], difficulty: wish.difficulty, targetItems: 0 };
  const nothingMet = { history: [], right: new Set<string>(), sampleSeed, pastPolicies: [] };
  const foundations = foundationsOf(course);
  const situation = choiceSituation({ course, foundations, reading, aims, preferences, reviews, ...nothingMet });
  const items = recommendableItems(situation, wish);
  const { prediction } = await predictItems(sources, basis, items, signal);
  const targetProbability = targetFor(situation.difficulty, 0);
  const { statisticsVersion, courseVersion, learnerSeq } = versions;
  const { model, prior } = prediction;
  const about: CourseOfRecommendations = {
    courseId,
    title: course.title,
    courseVersion,
    statisticsVersion,
    learnerSeq,
    model,
    prior,
  };
  return {
    about,
    recommendations: recommendationsIn(situation, items, prediction, { targetProbability, kind: wish.kind }),
  };
}

/** The way to recommendations, on the sources that choices read as well. */
export function createRecommender(sources: RecommendationSources): Recommender {
  return {
    async recommend({ learnerId, courseId, wish, limit }: RecommendationQuestion, signal) {
      const courseIds = courseId === null ? await coursesFor(sources, learnerId, wish) : [courseId];
      const read = await Promise.all(courseIds.map((id) => recommendIn(sources, learnerId, id, wish, signal)));
      const found = read.filter((one) => one !== null);
      return {
        courses: found.map(({ about }) => about),
        recommendations: diversified(found.flatMap(({ recommendations }) => recommendations), limit),
      };
    },
  };
}
