/** `/reviews`: what a learner is to refresh, and when. */
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { EVERYONE_SIGNED_IN, only } from "../access_rules.ts";
import type { ActorDoor } from "../actor_door.ts";
import { json, pageSchema } from "../documents/json_content.ts";
import { reviewJson, reviewQuerySchema, reviewSchema } from "../documents/review_schemas.ts";
import type { Guard } from "../guard.ts";
import { learnerAsked, type LearnersKnown } from "../learner_asked.ts";
import { reviewPage } from "../learner_reviews.ts";
import type { Courses } from "../ports.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const list = createRoute({
  method: "get",
  path: "/reviews",
  tags: ["reviews"],
  summary: "A learner's reviews, due and coming, soonest first",
  description: "A skill or an item has a review from its first right answer on, as long as the course has it.",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: reviewQuerySchema },
  responses: { 200: json(pageSchema(reviewSchema), "A page of reviews") },
});

export interface ReviewRouteParts {
  readonly actors: ActorDoor;
  readonly courses: Pick<Courses, "byId">;
  readonly learners: LearnersKnown;
  readonly clock: { nowMs(): number };
}

export function reviewRoutes(parts: ReviewRouteParts, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...list, middleware: guard.signedIn(list) }, async (c) => {
    const { learner_id, course_id, of, cursor, limit } = c.req.valid("query");
    const learnerId = await learnerAsked(parts.learners, c.var.principal, learner_id);
    const nowMs = parts.clock.nowMs();
    const wish = { learnerId, courseId: course_id ?? null, kind: of };
    const page = await reviewPage(parts, wish, nowMs, cursor ?? null, limit);
    return c.json({ rows: page.rows.map((review) => reviewJson(review, nowMs)), next: page.next }, 200);
  });

  return app;
}
