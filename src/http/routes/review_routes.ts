/** `/reviews`: what a learner is to refresh, and when. */
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { EVERYONE_SIGNED_IN, only, STAFF } from "../access_rules.ts";
import type { ActorDoor } from "../actor_door.ts";
import { json, pageSchema } from "../documents/json_content.ts";
import { reviewJson, reviewQuerySchema, reviewSchema } from "../documents/review_schemas.ts";
import type { Guard } from "../guard.ts";
import { reviewPage } from "../learner_reviews.ts";
import { problem } from "../problem.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const list = createRoute({
  method: "get",
  path: "/reviews",
  tags: ["reviews"],
  summary: "A learner's reviews, due and coming, soonest first",
  description: "A skill or an item has a review from its first right answer on.",
  ...only(EVERYONE_SIGNED_IN),
  request: { query: reviewQuerySchema },
  responses: { 200: json(pageSchema(reviewSchema), "A page of reviews") },
});

export function reviewRoutes(actors: ActorDoor, clock: { nowMs(): number }, guard: Guard): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...list, middleware: guard.signedIn(list) }, async (c) => {
    const { learner_id, course_id, of, cursor, limit } = c.req.valid("query");
    const { userId, role } = c.var.principal;
    const learnerId = learner_id ?? userId;
    if (learnerId !== userId && !STAFF.includes(role)) {
      throw problem("forbidden", "A student lists their own reviews.");
    }
    const nowMs = clock.nowMs();
    const wish = { learnerId, courseId: course_id ?? null, kind: of };
    const page = await reviewPage(actors, wish, nowMs, cursor ?? null, limit);
    return c.json({ rows: page.rows.map((review) => reviewJson(review, nowMs)), next: page.next }, 200);
  });

  return app;
}
