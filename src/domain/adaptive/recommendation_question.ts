/** What recommendations are asked for, and what those of one course rest on. */
import type { Recommendation, RecommendationWish } from "./recommend.ts";

export interface RecommendationQuestion {
  readonly learnerId: string;
  /** Null for the courses that the learner has worked on, or else the newest. */
  readonly courseId: string | null;
  readonly wish: RecommendationWish;
  readonly limit: number;
}

/** A course looked through, and what the predictions in it rest on. */
export interface CourseOfRecommendations {
  readonly courseId: string;
  readonly title: string;
  readonly model: string;
  readonly prior: boolean;
  readonly courseVersion: number | null;
  readonly statisticsVersion: number | null;
  readonly learnerSeq: number | null;
}

export interface Recommender {
  /** Best first. Courses that are gone or lack the topic are passed over. Rejects when `signal` aborts. */
  recommend(question: RecommendationQuestion, signal: AbortSignal): Promise<{
    readonly recommendations: readonly Recommendation[];
    readonly courses: readonly CourseOfRecommendations[];
  }>;
}
