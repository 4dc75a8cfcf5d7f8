/** `/badges`: what there is to earn, what of it a learner has, and how far they are. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { BadgeRule } from "../../domain/rewards/badge.ts";
import { EVERYONE_SIGNED_IN, only } from "../access_rules.ts";
import { json } from "../documents/json_content.ts";
import { badgeJson, badgeSchema, learnerQuerySchema } from "../documents/reward_schemas.ts";
import type { Guard } from "../guard.ts";
import { learnerAsked, type LearnersKnown } from "../learner_asked.ts";
import type { LearnerRecords } from "../learner_records.ts";
import type { OpenEnv } from "../request_env.ts";
import { refuseInvalid } from "../validation.ts";

const list = createRoute({
  method: "get",
  path: "/badges",
  tags: ["badges"],
  summary: "Every badge of this server, with what a learner has of it",
  ...only(EVERYONE_SIGNED_IN),
  request: {
    query: learnerQuerySchema.extend({
      earned: z.enum(["yes", "no"]).optional().openapi({ description: "Only those earned, or not yet earned" }),
    }),
  },
  responses: { 200: json(z.object({ rows: z.array(badgeSchema) }), "All of them, as authored") },
});

export function badgeRoutes(
  records: LearnerRecords,
  badges: readonly BadgeRule[],
  learners: LearnersKnown,
  guard: Guard,
): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>({ defaultHook: refuseInvalid });

  app.openapi({ ...list, middleware: guard.signedIn(list) }, async (c) => {
    const { learner_id, earned } = c.req.valid("query");
    const learner = await records.state(await learnerAsked(learners, c.var.principal, learner_id));
    const rows = badges.map((rule) => badgeJson(rule, learner));
    return c.json(
      { rows: rows.filter(({ earned_at }) => earned === undefined || (earned === "yes") === (earned_at !== null)) },
      200,
    );
  });

  return app;
}
