/** `/recommendations`: what a learner might work on next. */
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { EVERYONE_SIGNED_IN, only } from "../access_rules.ts";
import { json } from "../documents/json_content.ts";
import {
  courseJson,
  recommendationJson,
  recommendationQuerySchema,
  recommendationsSchema,
} from "../documents/recommendation_schemas.ts";
import type { Guard } from "../guard.ts";
import type { Courses, Recommender } from "../ports.ts";
import { problem } from "../problem.ts";
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

export function recommendationRoutes(recommender: Recommender, courses: Courses, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...list, middleware: guard.signedIn(list) }, async (c) => {
    const { principal } = c.var;
    const { course_id, topic, kind, presentation, difficulty, limit, learner_id } = c.req.valid("query");
    if (learner_id !== undefined && learner_id !== principal.userId && principal.role === "student") {
      throw problem("forbidden", "A student reads their own recommendations.");
    }
    if (course_id !== undefined) await requireTopic(courses, course_id, topic ?? null);
    const learnerId = learner_id ?? principal.userId;
    const wish = {
      topic: topic ?? null,
      kind: kind ?? null,
      presentation: presentation ?? null,
      difficulty: difficulty ?? null,
    };
    const asked = { learnerId, courseId: course_id ?? null, wish, limit };
    const found = await recommender.recommend(asked, c.req.raw.signal);
    return c.json({
      learner_id: learnerId,
      recommendations: found.recommendations.map(recommendationJson),
      courses: found.courses.map(courseJson),
    }, 200);
  });

  return app;
}
