/** `/recommendations`: what a learner might work on next. */
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import type { Recommender } from "../../domain/adaptive/recommendation_question.ts";
import { EVERYONE_SIGNED_IN, only } from "../access_rules.ts";
import { json } from "../documents/json_content.ts";
import {
  courseJson,
  recommendationJson,
  recommendationQuerySchema,
  recommendationsSchema,
} from "../documents/recommendation_schemas.ts";
import type { Guard } from "../guard.ts";
import { learnerAsked, type LearnersKnown } from "../learner_asked.ts";
import type { Courses } from "../ports.ts";
import { problem, type ProblemError } from "../problem.ts";
import type { OpenEnv } from "../request_env.ts";
import { requireTopic } from "../require_topic.ts";
import { refuseInvalid } from "../validation.ts";

const list = createRoute({
  method: "get",
  path: "/recommendations",
  tags: ["recommendations"],
  summary: "What to work on next, with the reasons",
  description: "Items that suit the learner's knowledge and profile, narrowed by the query; nothing is started by it.",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: recommendationQuerySchema },
  responses: { 200: json(recommendationsSchema, "The recommendations, and what they rest on") },
});

export interface RecommendationRouteParts {
  readonly recommender: Recommender;
  readonly courses: Courses;
  readonly learners: LearnersKnown;
}

export function recommendationRoutes(
  { recommender, courses, learners }: RecommendationRouteParts,
  guard: Guard,
): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...list, middleware: guard.signedIn(list) }, async (c) => {
    const { course_id, topic, kind, presentation, difficulty, limit, learner_id } = c.req.valid("query");
    const learnerId = await learnerAsked(learners, c.var.principal, learner_id);
    if (course_id !== undefined) await requireTopic(courses, course_id, topic ?? null);
    const wish = {
      topic: topic ?? null,
      kind: kind ?? null,
      presentation: presentation ?? null,
      difficulty: difficulty ?? null,
    };
    const asked = { learnerId, courseId: course_id ?? null, wish, limit };
    const found = await recommender.recommend(asked, c.req.raw.signal);
    if (topic !== undefined && found.courses.length === 0) throw topicUnknown(topic);
    return c.json({
      learner_id: learnerId,
      recommendations: found.recommendations.map(recommendationJson),
      courses: found.courses.map(courseJson),
    }, 200);
  });

  return app;
}

/** None of the courses that come into question teaches the topic. */
function topicUnknown(topic: string): ProblemError {
  return problem("topic_unknown", `None of the learner's courses, nor of the newest, has a skill "${topic}".`, {
    errors: [{ path: "topic", message: "names no skill of these courses" }],
  });
}
